# O que cerca as páginas da área do produtor.
area-orders = Pedidos
area-requests = Solicitações
area-links = Links
area-report = Relatório
area-settings = Configurações
area-people = Pessoas
area-account = Sua conta
area-navigation = Partes desta área
area-search = Busca
area-staff = Equipe Aftersale
area-footer = Aftersale: o que acontece depois da venda, em um só lugar.
