# A lista de pedidos do produtor, e a busca da equipe de suporte.
orders-title = Pedidos
orders-search = Buscar pedidos
orders-search-help = Código do pedido, e-mail, nome, CPF ou CNPJ, telefone, transação ou os 4 últimos dígitos do cartão
orders-search-long = A busca aceita até 200 caracteres. Use só uma parte do texto.
orders-find = Buscar pedidos
orders-clear = Limpar busca e filtros
orders-filters = Filtros
orders-any = Qualquer
orders-status = Situação
orders-product = Produto
orders-kind = Tipo
orders-kind-once = Compra única
orders-kind-subscription = Assinatura
orders-kind-installments = Parcelamento inteligente
orders-kind-slips = Parcelas por boleto ou Pix
orders-risk = Atenção
orders-risk-money = Dinheiro em risco
orders-risk-overdue = Cobrança em atraso
orders-risk-card = Cartão vencido ou perto de vencer
orders-risk-refund = Reembolso pedido, aguardando sua resposta
orders-from = De
orders-from-wrong = Informe o primeiro dia como dia, mês e ano.
orders-to = Até
orders-to-wrong = Informe o último dia como dia, mês e ano, igual ou depois do primeiro.
orders-code = Pedido
orders-buyer = Comprador
orders-date = Data
orders-total = Total
orders-name = Nome
orders-email = E-mail
orders-tax-id = CPF ou CNPJ
orders-phone = Telefone
orders-currency = Moeda
orders-ordered = Data do pedido
orders-paid = Data do pagamento
orders-method = Forma de pagamento
orders-last4 = Final do cartão
orders-none-title = Nenhum pedido ainda
orders-none = Os pedidos aparecem aqui assim que chegam pela API, por uma fonte ligada ao portal ou por importação.
orders-none-how = Peça a quem cuida da sua integração que envie o primeiro pedido. Os mais novos ficam no topo.
orders-nothing-title = Nenhum pedido encontrado
orders-nothing = Confira a grafia, escreva o código inteiro ou só o começo do nome ou do e-mail, ou limpe a busca e os filtros.
orders-nothing-yet-title = Nada entre os pedidos mais novos
orders-nothing-yet = Olhamos só uma parte da lista. Continue a busca nos pedidos mais antigos.
orders-no-more-title = Não há mais pedidos
orders-no-more = Você chegou ao fim desta lista.
orders-partial = Esta página mostra o que encontramos até aqui. Continue para olhar os pedidos mais antigos.
orders-wide = Muitos nomes ou e-mails começam assim, e mostramos só uma parte. Digite mais letras.
orders-next = Ver mais pedidos
orders-look-on = Continuar nos mais antigos
orders-first = Voltar ao começo da lista
orders-file = Baixar esta lista (CSV)
orders-file-name = pedidos
orders-views = Visões
orders-view-all = Todos
orders-view-refund = Reembolso pedido
orders-view-overdue = Em atraso
orders-view-disputed = Em disputa
orders-view-card = Cartão vencendo
orders-view-save-title = Salvar esta busca
orders-view-name = Nome da visão
orders-view-name-wrong = Dê um nome de 1 a 60 caracteres.
orders-view-full = Você já salvou 30 visões. Apague uma antes de salvar outra.
orders-view-save = Salvar visão
orders-view-remove = Apagar a visão “{ $name }”
said-view-saved = Visão salva.
said-view-removed = Visão apagada.
found-said = { $count ->
    [0] Nenhum pedido encontrado.
    [one] { $count } pedido encontrado.
   *[other] { $count } pedidos encontrados.
}
found-said-more = { $count ->
    [one] { $count } pedido na lista, e há mais.
   *[other] { $count } pedidos na lista, e há mais.
}
lookup-title = Encontrar um pedido
lookup-search = O que você sabe do pedido?
lookup-help = E-mail, nome, CPF ou CNPJ, telefone, código, transação, um link do portal, ou final do cartão, valor e data: 4242 49,90 12/11
lookup-long = A busca aceita até 500 caracteres. Use só uma parte do texto.
lookup-find = Buscar pedido
lookup-found = Pedidos encontrados
lookup-back = Voltar à busca
lookup-seller = Vendedor
lookup-nothing-title = Nada encontrado com “{ $text }”
lookup-nothing = Tente outro dado da mesma compra: o e-mail usado nela, o CPF ou o código do pedido.
lookup-more = Há mais pedidos do que os mostrados. Acrescente outro dado para chegar ao certo.
