# O que cerca as páginas da área do produtor.
area-orders = Pedidos
area-requests = Solicitações
area-links = Links
area-report = Relatório
area-settings = Configurações
area-people = Pessoas
area-account = Sua conta
area-navigation = Área do produtor
area-search = Busca
area-staff = Equipe Aftersale
