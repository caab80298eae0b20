# O relatório do vendedor.
report-title = Relatório
report-from = De
report-to = Até
report-show = Mostrar período
report-period-invalid = Confira as datas: a primeira vem antes da segunda.
report-empty = Ainda não há o que contar neste período. Aqui vão aparecer os motivos de cancelamento, as ofertas aceitas, os reembolsos por produto, os links enviados e abertos, o quanto os compradores resolvem sozinhos, o tempo até o acesso e as cobranças recuperadas.
report-back = Voltar ao relatório
report-next = Ver os próximos
report-month = Mês
report-sum = Total
report-rate = Taxa
report-no-reason = Sem motivo informado
report-reason = Motivo
report-canceled = Cancelamentos por motivo
report-canceled-none = Nenhum cancelamento neste período.
report-canceled-title = Cancelamentos: { $reason }
report-undone = Desfeito
report-offers = Ofertas para ficar
report-offers-none = Nenhuma oferta foi mostrada neste período.
report-offer = Oferta
report-offer-discount = Desconto
report-offer-pause = Pausa
report-offer-plan = Outro plano
report-offer-message = Conversar com você
report-made = Mostrada
report-taken = Aceita
report-refunds = Reembolsos
report-product = Produto
report-count = Itens
report-amount = Valor
report-decided =
    Metade das solicitações foi respondida em até { $median }; 95% em até { $most } ({ $count ->
        [one] 1 respondida
       *[other] { $count } respondidas
    }).
report-decided-none = Nenhuma solicitação foi respondida neste período.
report-links = Links
report-links-made = Criados
report-links-mailed = Por e-mail
report-links-opened = Abertos
report-links-acted = Com ação
report-links-help = Aberto: alguém pediu o e-mail de entrada pela página do link. Com ação: o comprador fez o que o link propõe em até uma semana. Quem já tinha entrado vai direto ao pedido e não é contado.
report-own = Resolvido pelo próprio comprador
report-own-acts = Pelo comprador
report-all-acts = No total
report-own-help = Reembolsos pedidos, cancelamentos, trocas de cartão e de plano: feitos pelo comprador, e no total com os que você ou o suporte fizeram.
report-access-title = Do pagamento ao acesso
report-access =
    Metade dos compradores teve acesso em até { $median }; 95% em até { $most } ({ $count ->
        [one] 1 pedido medido
       *[other] { $count } pedidos medidos
    }).
report-access-none = Nenhum acesso foi confirmado neste período.
report-recovered = Cobranças recuperadas
report-failed = Falharam
report-paid-after = Pagas depois
report-recovered-help = Pedidos em que uma cobrança falhou no mês, e quantos deles foram pagos depois. Só cobranças feitas por este portal.
report-days = { $count } dias
report-hours = { $count } horas
report-minutes = { $count } minutos
report-seconds =
    { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
