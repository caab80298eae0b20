# Links que o vendedor cria.
said-link-made = Link criado. Copie o endereço abaixo e envie ao comprador.
said-link-mailed = Link criado. O e-mail vai agora para o endereço do comprador.
said-link-too-late = Este link já tinha sido enviado ou cancelado. Nada mudou agora.
said-link-revoked = Link cancelado. Quem abrir vê que ele não vale mais.
said-campaign-started = Começou o envio. Você acompanha abaixo e pode parar quando quiser.
said-campaign-running = Já há um envio em andamento. Espere ele terminar, ou pare o envio abaixo.
said-campaign-stopped = Envio parado. Os links que já foram enviados continuam valendo.
link-revoked-title = Este link não vale mais
link-revoked = O vendedor cancelou este link. Sua compra continua como antes: entre com o e-mail da compra para ver o pedido.
links-title = Links
links-lead = Um link leva o comprador direto ao lugar certo. Ele não dá acesso a quem não é o comprador: a página só envia um e-mail para o endereço da compra.
links-to-bulk = Enviar para vários compradores
links-back = Voltar aos links
links-made = Links criados
links-empty = Você ainda não criou nenhum link. Crie um acima, com o código de um pedido, ou envie para vários compradores de uma vez.
links-next = Ver os próximos
links-column-order = Link
links-column-state = Situação
links-column-act = O que fazer
links-one-title = Criar um link
links-order = Código do pedido
links-order-help = Como aparece na lista de pedidos.
links-order-empty = Escreva o código do pedido.
links-order-unknown = Não há pedido com este código. Confira na lista de pedidos.
links-target = Para onde o link leva
links-target-order = Página do pedido
links-target-refund = Reembolso
links-target-cancel = Cancelar assinatura
links-target-card = Trocar cartão
links-target-plan = Trocar de plano
links-make = Criar link
links-make-and-send = Criar e enviar por e-mail
links-made-by = Criado por { $by } em { $at }
links-by-program = um programa seu
links-of-campaign = Enviado para vários compradores
links-copy = Copiar link
links-send = Enviar por e-mail
links-revoke = Cancelar link
links-revoke-of = Cancelar link de { $name }
links-revoke-effect = Quem abrir o link vê que ele não vale mais, e isso não pode ser desfeito.
links-state-none = Ainda não enviado por aqui
links-state-sent = Enviado
links-state-waits = Na fila de envio
links-state-refused = E-mail recusado
links-state-opened = Aberto
links-state-acted = Comprador agiu
links-state-revoked = Cancelado
links-campaigns = Envios para vários compradores
links-campaign-running = Enviando
links-campaign-stopped = Parado
links-campaign-done = Concluído
links-campaign-sent =
    { $count ->
        [0] Nenhum link enviado ainda.
        [one] 1 link enviado.
       *[other] { $count } links enviados.
    } Começado por { $by }.
links-campaign-stop = Parar o envio
links-bulk-title = Links para vários compradores
links-bulk-lead = Escolha os pedidos. Só entram pedidos pagos, de compradores seus que têm um endereço de e-mail.
links-any = Qualquer um
links-product = Produto
links-status = Situação do pagamento
links-status-paid = Pago
links-status-partly = Reembolsado em parte
links-kind = Tipo
links-kind-once = Compra única
links-kind-plan = Assinatura
links-kind-smart = Parcelamento inteligente
links-kind-slip = Parcelas por boleto ou Pix
links-from = Comprado a partir de
links-until = Comprado até
links-period-invalid = Confira as datas: a primeira vem antes da segunda.
links-count = Ver quantos são
links-bulk-none = Nenhum pedido pago corresponde a esta escolha. Mude o filtro acima.
links-bulk-found =
    { $count ->
        [one] 1 pedido
       *[other] { $count } pedidos
    }
links-bulk-at-least = { $count }+ pedidos
links-bulk-goes = Cada comprador recebe um e-mail com um link para: { $target }.
links-bulk-pace = Saem até 30 e-mails por minuto. Nenhum pedido recebe dois links do mesmo envio, e você pode parar quando quiser.
links-bulk-send = Enviar os links por e-mail
links-bulk-file = Baixar planilha (CSV)
links-bulk-file-help = A planilha traz o link de cada pedido, para você enviar por outro meio. Esses links não entram na conta de enviados e abertos.
links-file-order = Pedido
links-file-name = Nome
links-file-email = E-mail
links-file-phone = Telefone
links-file-product = Produto
links-file-ordered = Data da compra
links-file-link = Link
timeline-mail-portal-link = E-mail com link enviado
mail-portal-link-subject = { $producer } enviou um link do seu pedido { $code }
mail-portal-link-order = No link abaixo você acompanha o seu pedido e o acesso.
mail-portal-link-order-button = Ver o pedido
mail-portal-link-refund = No link abaixo você vê se o reembolso deste pedido está disponível, e pede se quiser.
mail-portal-link-refund-button = Ver o reembolso
mail-portal-link-cancel = No link abaixo você cancela a sua assinatura, se quiser. Antes de confirmar, a página mostra até quando vai o acesso.
mail-portal-link-cancel-button = Ver o cancelamento
mail-portal-link-card = No link abaixo você troca o cartão ou a forma de pagamento.
mail-portal-link-card-button = Trocar o cartão
mail-portal-link-plan = No link abaixo você vê os planos disponíveis e quanto custa trocar.
mail-portal-link-plan-button = Ver os planos
mail-portal-link-note = O link mostra só o seu e-mail mascarado. Para entrar, a página envia outro e-mail para este endereço.
