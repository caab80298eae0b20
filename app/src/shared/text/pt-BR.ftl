# Everything the screens and mails say, in Brazilian Portuguese. Same keys and variables as en.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = Minhas compras
draft-here = O que você escreveu está de volta no formulário. Confira e envie.
draft-sign-in = Sua sessão terminou. O que você escreveu está guardado neste navegador: entre para continuar.
draft-kept = O que você escreveu está guardado.
draft-continue = Continuar de onde parou
gateway-title = Abrindo a página de pagamento
gateway-text = Você vai para a página segura do sistema de pagamento. Se ela não abrir sozinha, use o botão.
gateway-continue = Ir para a página de pagamento
frame-skip = Ir para o conteúdo
frame-navigation = Navegação
frame-language = Idioma
frame-account = Minha conta
frame-sign-out = Sair
frame-signed-in = Você entrou como { $email }.
frame-footer = Aftersale: seus pedidos, acessos e reembolsos em um só lugar.
frame-time-zone = Datas e horas no { $zone }.
zone-brasilia = horário de Brasília
zone-other = fuso horário de { $zone }
zone-asia = Ásia
zone-europe = Europa

## Words that several screens share

and-more = { $count ->
    [one] e mais { $count } item
   *[other] e mais { $count } itens
}
copied = Copiado
back-to-order = Voltar para o pedido
back-to-home = Voltar para minhas compras
said-cancel-undone = Cancelamento desfeito. A assinatura continua como antes.
said-erasure-undone = Seus dados não serão apagados. Tudo continua como estava.
said-profile-saved = Seus dados foram salvos.
said-method-pix = Forma de pagamento trocada: agora é Pix.
said-method-boleto = Forma de pagamento trocada: agora é boleto.
said-sent-again = Pronto: se há compras neste e-mail, o link vai para lá de novo.
said-sent-early = Um link foi pedido há pouco. Espere um pouco antes de pedir outro, e confira o spam.
said-declined = Você não aprovou o reembolso. O comprador já foi avisado.
said-approved = Você aprovou o reembolso. O dinheiro volta ao comprador, e ele já foi avisado.
summary-title = Confira antes de continuar
contact-producer = Escrever para { $producer }

## Sign-in

sign-in-title = Entrar
sign-in-lead = Veja seus pedidos, seus acessos e peça reembolso. Sem senha: enviamos um link para o seu e-mail.
sign-in-email = Digite o e-mail que usou na compra
sign-in-email-help = É o endereço em que você recebeu a confirmação da compra.
sign-in-send = Enviar link de acesso
sign-in-have-code = Já tenho um código
sign-in-email-empty = Digite o seu e-mail.
sign-in-email-invalid = Este endereço não parece completo. Confira se ele tem @ e o que vem depois, como em nome@exemplo.com.
sign-in-next = Para continuar, entre com o e-mail da compra. Depois você volta para onde estava.

sent-title = Confira o seu e-mail
sent-lead = Se { $email } tem compras aqui, o link de acesso chega em alguns instantes. Ele vale até { $hour }.
sent-lead-later = Se { $email } tem compras aqui, o link de acesso sai depois de { $at }: outro e-mail foi para lá há pouco. Ele vale até { $hour }.
sent-open = Abra o e-mail neste aparelho e toque no botão, ou digite abaixo o código que está nele.
sent-ended = O prazo do link enviado para { $email } terminou. Peça um novo abaixo.
sent-code = Código de 8 caracteres
sent-code-help = Como ABCD-2345. Maiúsculas ou minúsculas, tanto faz.
sent-code-send = Entrar com o código
sent-help-title = Não chegou?
sent-help-wait = Pode levar até dois minutos.
sent-help-spam = Confira o spam e a aba de promoções. O remetente é { $sender }.
sent-help-address = Confira se este é o e-mail da compra.
sent-other-address = Usar outro e-mail
sent-correct = Corrigir o e-mail
sent-resend = Enviar de novo
sent-resend-waiting = Enviar de novo em {"{seconds}"} s

code-title = Entrar com o código
code-lead = O código está no e-mail com o link de acesso. Ele serve em qualquer navegador.
code-email = E-mail em que o código chegou
code-empty = Digite o código que está no e-mail.
code-wrong = Este código não confere. { $tries ->
    [one] Você ainda tem { $tries } tentativa.
   *[other] Você ainda tem { $tries } tentativas.
}
code-ended = Este código não vale mais: o prazo terminou ou houve tentativas demais. Peça um novo link: ele traz outro código.
code-ask-new = Pedir um novo link

link-title = Entrar em Minhas compras
link-as = Entrar como { $email }
link-until = Este link vale até { $hour } e só pode ser usado uma vez.
link-continue = Continuar
link-not-you = Se este e-mail não é seu, feche esta página. Nada acontece.
link-expired-title = Este link venceu
link-expired = Por segurança, o link de acesso vale por pouco tempo. Peça um novo: ele leva ao mesmo lugar.
link-used-title = Este link não vale mais
link-used = Por segurança, cada link de acesso serve uma única vez, e deixa de valer quando o e-mail da conta muda. Peça um novo: ele leva ao mesmo lugar.
link-inside = Você já entrou como { $email } neste navegador: para ver as compras deste endereço, não precisa de link.
link-to-home = Ver minhas compras
link-resend = Enviar um novo link
link-invalid-title = Este link não está completo
link-invalid = Alguns programas de e-mail cortam endereços longos. Copie o endereço inteiro que está no e-mail ou peça um novo link.
link-to-sign-in = Ir para a página de acesso

order-link-title = Ver o seu pedido
order-link-lead = Para proteger os seus dados, enviamos um link de acesso para o e-mail da compra.
order-link-product = Produto
order-link-producer = Vendido por
order-link-email = E-mail da compra
order-link-send = Enviar link para { $email }
order-link-not-yours = Este endereço não é seu? Fale com quem vendeu.

## Home

home-title = Minhas compras
home-using = Compras feitas com { $email }
home-find = Buscar e filtrar
home-search = Buscar
home-search-help = Produto ou código do pedido
home-status = Situação
home-status-any = Todas
home-filter = Filtrar
home-clear = Limpar filtro
home-subscriptions = Assinaturas
home-purchases = Compras
home-empty-title = Não encontramos compras neste e-mail
home-empty = Você entrou como { $email }. Quem compra às vezes usa outro endereço: procure a confirmação da compra na sua caixa de entrada e veja para qual e-mail ela foi enviada.
home-empty-other = Entrar com outro e-mail
home-nothing-title = Nada com este filtro
home-nothing = Nenhum pedido combina com a busca. Tente outra palavra ou limpe o filtro.
home-next = Ver mais pedidos
home-manage = Gerenciar
home-manage-of = Gerenciar { $plan }
home-open = Acessar conteúdo
home-open-of = Acessar conteúdo de { $title }
home-bought = Comprado em { $date }
home-refundable = Reembolso até { $deadline }
home-next-charge = Próxima cobrança em { $date }: { $price }
home-next-charge-card = Próxima cobrança em { $date }: { $price } no { $card }
home-overdue = Cobrança de { $price } em atraso desde { $date }
home-open-charge = Cobrança de { $price } em aberto, com vencimento em { $date }
home-next-untold = Cobrança de { $price } prevista para { $date }, ainda sem confirmação
home-access-until = Acesso até { $date }. A renovação está cancelada.

alert-title = Precisa da sua atenção
alert-past-due = { $title }: { $amount } em atraso.
alert-past-due-untold = { $title }: pagamento em atraso.
alert-installment-late = { $title }: parcela de { $amount } em atraso.
alert-refund-failed = O reembolso de { $title } voltou do banco. O vendedor já recebeu o aviso.
alert-payment-pending = { $title }: falta o pagamento.
alert-to-pay = { $title }: falta pagar { $amount } ({ $method }).
alert-access-ends = Seu acesso a { $title } termina { $deadline }.
alert-erasure = Você pediu para apagar seus dados: isso acontece depois de { $due }, e todo o acesso termina. Até lá você pode desistir.
alert-see-order = Ver o pedido
alert-see-subscription = Ver a assinatura
pay-amount = Pagar { $amount }
pay-amount-pix = Pagar { $amount } com Pix

## Order

order-title = Pedido { $code }
order-code = Código do pedido
order-copy-code = Copiar código
order-open = Acessar conteúdo
order-open-of = Acessar conteúdo de { $item }
order-pay-boleto = Ver o boleto
order-pay-pix = Pagar com Pix
order-pay = Pagar agora
order-track = Acompanhar reembolso
order-payee-page = Informar conta do reembolso
order-bought-at = Comprado em { $date }

access-title = Acesso
access-confirmed-today = Acesso confirmado às { $hour }
access-confirmed = Acesso confirmado em { $moment }
access-until = até { $date }
access-sending = Liberando o acesso. Costuma levar menos de um minuto.
access-delayed = O acesso está demorando. Continuamos tentando, a última vez às { $hour }. Você não precisa fazer nada.
access-none = Sem acesso
access-after-payment = O acesso é liberado depois do pagamento.
access-not-managed = Quem libera o acesso é { $producer }.
access-ending = O acesso está sendo encerrado.
access-removed = Acesso encerrado em { $moment }

payment-title = Pagamento
payment-method = Forma de pagamento
payment-card-only = Cartão
payment-card = { $brand } final { $last4 }
payment-card-expiry = validade { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Outra forma de pagamento
payment-paid-at = Pago em
payment-last-paid-at = Último pagamento em
payment-free = Este pedido não teve custo.
payment-not-yet = Ainda não foi pago
payment-trial = Nada ainda: você está no período de teste
payment-charges = Cobranças
payment-charge-date = Data
payment-charge-amount = Valor
payment-charge-status = Situação
payment-installments = em { $count }x no cartão
payment-due = Pague até { $date }
payment-code = Código para pagar
payment-code-copy = Copiar código de pagamento
payment-at = Pagar em { $host }
payment-ask = Quem recebe este pagamento é { $producer }. Para pagar, escreva e informe o código { $code }.

items-title = Itens
items-item = Item
items-amount = Valor
items-bump = adicionado na compra
items-total = Total
items-refunded = Reembolsado ou a caminho

subscription-title = Assinatura
subscription-plan = Plano
subscription-price = Preço
subscription-every = { $price } { $unit ->
    [day] { $count ->
        [one] por dia
       *[other] a cada { $count } dias
    }
    [week] { $count ->
        [one] por semana
       *[other] a cada { $count } semanas
    }
    [year] { $count ->
        [one] por ano
       *[other] a cada { $count } anos
    }
   *[month] { $count ->
        [one] por mês
       *[other] a cada { $count } meses
    }
}
subscription-next = Próxima cobrança
subscription-overdue = Em atraso desde
subscription-past-due = A última cobrança não passou. Troque o cartão ou pague de outro jeito para manter o acesso.
subscription-past-due-card = O último pagamento não passou. Informe outro cartão para manter o acesso: o valor em aberto é cobrado nele na hora.
subscription-past-due-by-producer = { $producer } faz esta cobrança e nos informou que ela não passou. Para pagar ou usar outro cartão, escreva para { $producer }.
installment-late = Parcela em atraso
payment-pay-open = Pagar o que está em aberto
payment-receipt-of = Recibo de { $date }
payment-period = De { $from } a { $until }
subscription-period-start = Período pago desde
subscription-no-next = Não haverá novas cobranças
subscription-next-canceled = Nenhuma: a renovação está cancelada
subscription-period-end = Período pago até
subscription-trial-start = Teste desde
subscription-trial-end = Teste até
subscription-canceled = Cancelada em

refund-title = Reembolso
refund-open = Você pode desistir e receber { $amount } de volta até { $deadline }. Não precisa dizer o motivo.
refund-ask = Pedir reembolso
refund-closed = O prazo para pedir reembolso foi até { $deadline }.
refund-closed-help = { $producer } ainda pode aprovar um reembolso fora do prazo.
refund-ask-late = Pedir ao vendedor
refund-charge-untold = O reembolso ainda não pode ser feito aqui: o sistema de pagamento do vendedor informou que este pedido foi pago, mas não com qual cobrança. Assim que informar, o botão aparece aqui. Até lá, escreva para o vendedor.
refund-free = Sem custo: não há valor a reembolsar.
refund-not-paid = Este pedido não foi pago. Não há valor a reembolsar.
refund-nothing-left = Todo o valor deste pedido já foi reembolsado ou está em reembolso.
refund-under-way = Há um reembolso em análise ou em andamento. Quando ele terminar, você poderá pedir outro, se ainda houver prazo.
refund-disputed = Você contestou esta compra no banco. Agora é o banco que decide, e ele avisa você. Por isso o reembolso por aqui está parado.
refund-past = Reembolsos deste pedido

timeline-title = Histórico
timeline-ordered = Pedido feito
timeline-free = Pedido confirmado, sem custo
timeline-paid = Pagamento confirmado
timeline-access-sent = Acesso enviado à área de membros
timeline-access-confirmed = Acesso liberado
timeline-access-removed = Acesso encerrado
timeline-access-given-back = Acesso de volta, porque o reembolso não foi concluído
timeline-refund-requested = Reembolso pedido: protocolo { $protocol }
timeline-refund-given = Reembolso feito pelo vendedor: protocolo { $protocol }
timeline-refund-sent = Reembolso enviado ao banco: protocolo { $protocol }
timeline-refund-settled = Reembolso concluído: protocolo { $protocol }
timeline-refund-failed = O banco não concluiu o reembolso: protocolo { $protocol }
timeline-subscription-canceled = Assinatura cancelada
timeline-subscription-undo = Cancelamento desfeito
timeline-plan-change = Plano trocado
timeline-plan-goes-back = Pagamento da troca de plano chegou tarde: o valor volta para você
timeline-plan-returned = Valor da troca de plano reembolsado
timeline-plan-not-returned = O banco não concluiu o reembolso: o vendedor recebeu o aviso
timeline-plan-schedule = Troca de plano agendada
timeline-billing-paid = Cobrança paga
timeline-billing-failed = Uma cobrança não foi paga
timeline-document-billing = Dados dos documentos corrigidos
timeline-mail = E-mail enviado
timeline-mail-purchase = E-mail da compra enviado
timeline-mail-refund-requested = E-mail enviado: pedido de reembolso recebido
timeline-mail-refund-given = E-mail enviado: reembolso feito pelo vendedor
timeline-mail-order-access = E-mail enviado: dados de acesso
timeline-mail-refund-asked = E-mail enviado: pedido de reembolso recebido
timeline-mail-refund-sent = E-mail enviado: reembolso a caminho
timeline-mail-refund-payee-needed = E-mail enviado: o reembolso precisa dos seus dados bancários
timeline-mail-refund-payee-page = E-mail enviado: informe a conta do reembolso
timeline-mail-plan-paid-back = E-mail enviado: o valor da troca de plano volta para você
timeline-refund-payee = Dados bancários informados para o reembolso
timeline-mail-refund-settled = E-mail enviado: reembolso concluído
timeline-mail-refund-failed = E-mail enviado: reembolso com problema
timeline-mail-access-expiring = E-mail enviado: acesso perto do fim
timeline-mail-access-expired = E-mail enviado: acesso encerrado
timeline-refund-declined = Reembolso recusado pelo vendedor: protocolo { $protocol }
timeline-refund-withdrawn = Pedido de reembolso cancelado: protocolo { $protocol }
timeline-subscription-stay = Você ficou com o que foi oferecido em vez de cancelar
timeline-subscription-end = Assinatura encerrada
timeline-card-change = Cartão trocado
timeline-payment-change = Forma de pagamento trocada
timeline-plan-ask = Troca de plano pedida
timeline-plan-declined = Troca de plano não paga: o plano continua como estava
timeline-plan-undo = Troca de plano desfeita
timeline-billing-wait = Boleto ou Pix emitido
timeline-billing-void = Uma cobrança em aberto não é mais devida
timeline-billing-resume = Fim da pausa: a assinatura continua
timeline-billing-paid-in-vain = Chegou um pagamento que já não era devido
timeline-billing-paid-twice = Chegou um pagamento do que já estava pago
timeline-mail-refund-approved = E-mail enviado: reembolso aprovado pelo vendedor
timeline-mail-refund-declined = E-mail enviado: reembolso recusado pelo vendedor
timeline-mail-refund-withdrawn = E-mail enviado: pedido de reembolso cancelado
timeline-mail-plan-changed = E-mail enviado: plano trocado
timeline-mail-plan-scheduled = E-mail enviado: troca de plano agendada
timeline-mail-plan-undone = E-mail enviado: troca de plano desfeita
timeline-mail-card-changed = E-mail enviado: cartão trocado
timeline-mail-card-expiring = E-mail enviado: cartão perto de vencer
timeline-mail-method-changed = E-mail enviado: forma de pagamento trocada
timeline-mail-charge-failed = E-mail enviado: uma cobrança não passou
timeline-mail-charge-recovered = E-mail enviado: a cobrança foi paga
timeline-mail-renewal-ahead = E-mail enviado: a próxima cobrança
timeline-mail-surplus = E-mail enviado: chegou um pagamento a mais
timeline-mail-slip-issued = E-mail enviado: boleto ou Pix para pagar
timeline-mail-canceled = E-mail enviado: assinatura cancelada
timeline-mail-cancel-undone = E-mail enviado: cancelamento desfeito
timeline-mail-subscription-ended = E-mail enviado: assinatura encerrada

help-title = Ajuda
help-text = Dúvidas sobre o conteúdo ou sobre este pedido? Escreva para { $producer } e diga o código { $code }.

legal-privacy = Política de privacidade
legal-terms = Termos de venda

contact-phone = Telefone:
contact-page = Página de ajuda
contact-hours = Atendimento: { $hours }

## Account

account-title = Minha conta
account-profile = Seus dados
account-name = Nome
account-phone = Telefone
account-tax-id = CPF ou CNPJ
account-tax-id-documents = CPF ou CNPJ nos documentos dos pedidos
account-none = não informado na conta
account-change = Alterar dados
account-email = E-mail
account-email-change = Trocar de e-mail
account-language-help = Vale para as páginas em qualquer aparelho e para os e-mails.
back-to-account = Voltar para minha conta

profile-title = Alterar dados
profile-save = Salvar
profile-name-wrong = Escreva um nome, com até 200 caracteres.
profile-phone-help = Com DDD. Pode ficar vazio.
profile-phone-wrong = Escreva o telefone com DDD, como (11) 99999-0001.
profile-tax-id-help = Pode ficar vazio. Aparece só em parte nas páginas.
profile-tax-id-kept = Guardamos { $masked }. Deixe vazio para não mudar.
profile-tax-id-forget = Apagar o CPF ou CNPJ guardado
profile-tax-id-wrong = Este CPF ou CNPJ não confere. Veja se falta ou sobra algum número.

email-title = Trocar de e-mail
email-lead = Hoje você usa { $email }. Enviamos um link para o novo endereço. Depois de confirmar, seus pedidos e acessos passam para ele.
email-new = Novo e-mail
email-help = Também avisamos o endereço atual.
email-send = Enviar link de confirmação
email-same = Este já é o e-mail que você usa. Digite outro.
email-waiting = Enviamos um link para { $email }. Abra-o até { $until } para confirmar.
email-see = Ver a troca de e-mail
email-withdraw = Desistir da troca
email-confirm-title = Confirmar novo e-mail
email-confirm-lead = Usar { $to } em vez de { $from }?
email-confirm-effect = Os pedidos e os acessos passam para o novo endereço. Se ele já tem compras aqui, tudo fica junto. Quem está conectado precisa entrar de novo.
email-confirm = Confirmar troca
email-confirm-not-you = Se você não pediu isto, feche esta página. Nada acontece.
email-changed-title = E-mail trocado
email-changed = Seus pedidos estão no novo endereço. Entre com ele para continuar.
email-ended-title = Este link não vale mais
email-ended = Ele já foi usado, foi trocado por outro mais novo ou venceu. Entre na sua conta para ver qual e-mail está em uso e, se precisar, peça a troca de novo.
email-invalid = Copie o endereço inteiro que está no e-mail ou peça a troca de novo na sua conta.

sessions-title = Aparelhos conectados
sessions-help = Navegadores em que a sua conta está aberta agora. Se não reconhece algum, encerre-o.
sessions-line = Rede { $address } · entrou em { $since } · visto em { $seen }
sessions-this = Este aparelho
sessions-unknown = Navegador desconhecido
sessions-end = Encerrar
sessions-end-of = Encerrar { $browser } na rede { $address }
sessions-end-all = Sair de todos os aparelhos

papers-title = Comprovantes por ano
papers-help = Todos os comprovantes de pagamento e de reembolso de um ano, em PDF, em um só arquivo.
papers-file = comprovantes
document-file-receipt = recibo
document-file-credit = reembolso
papers-year = Baixar { $year } (ZIP)

data-title = Meus dados
data-help = Você pode levar uma cópia de tudo o que sabemos sobre você ou pedir que seja apagado.
data-download = Baixar meus dados (JSON)
data-erase = Apagar meus dados

erasure-title = Apagar meus dados
erasure-lead = Este pedido vale para tudo o que está ligado a { $email }.
erasure-goes = O que apagamos
erasure-goes-name = Nome, e-mail, telefone e CPF ou CNPJ da sua conta. Você não consegue mais entrar.
erasure-goes-access = O acesso ao que você comprou termina, e a área de membros é avisada.
erasure-goes-traces = Aparelhos conectados, links, endereços de rede, cartões e o que você escreveu aos vendedores.
erasure-kept = O que a lei manda guardar
erasure-kept-sales = O registro das suas compras (o que foi vendido, valor, data, nome e CPF ou CNPJ da compra) fica guardado até { $day }: são 5 anos depois da última venda, por obrigação fiscal.
erasure-before = Antes de pedir, confira se há algum valor a receber de volta e baixe os recibos: depois de apagados os dados, isso não pode mais ser feito aqui.
erasure-days = Apagamos 7 dias depois do pedido. Até lá você pode desistir. Uma nova compra com este e-mail também desfaz o pedido.
erasure-ask = Pedir para apagar meus dados
erasure-asked-at = Pedido em
erasure-waiting-title = Pedido registrado
erasure-waiting = Vamos apagar os seus dados depois de { $due }. Até lá você pode desistir.
erasure-undo = Não apagar meus dados
erasure-open = Antes é preciso concluir isto
erasure-open-refund = Há um reembolso em andamento no pedido { $code }.
erasure-open-subscription = A assinatura do pedido { $code } ainda não terminou.
erasure-open-payment = Há um pagamento em aberto no pedido { $code }.
erasure-open-installments = As parcelas do pedido { $code } ainda não foram todas pagas. Precisamos dos seus dados para cobrá-las; peça de novo depois da última.
erasure-open-dispute = O pedido { $code } está em disputa no banco.

## Documents

documents-title = Documentos
documents-receipt = Recibo de { $amount }, pago em { $date }
documents-credit = Comprovante de reembolso de { $amount }, de { $date }
documents-terms = O que foi vendido, como na compra
document-receipt = Recibo de pagamento
document-receipt-note = Este recibo comprova o pagamento abaixo. Não é nota fiscal: a nota fiscal, quando devida, é emitida por quem vendeu.
document-credit = Comprovante de reembolso
document-credit-note = Este documento comprova que o valor abaixo foi reembolsado. Não é nota fiscal.
document-credit-note-sent = Este documento comprova que o valor abaixo foi enviado ao banco para reembolso. Não é nota fiscal.
document-producer = Vendido por
document-producer-legal = Razão social
document-producer-cnpj = CNPJ de quem vendeu
document-producer-cpf = CPF de quem vendeu
document-producer-address = Endereço de quem vendeu
document-buyer = Comprador
document-email = E-mail
document-ordered-at = Data do pedido
document-paid-at = Pago em
document-sent-at = Enviado ao banco em
document-returned-at = Reembolsado em
document-reference = Referência da cobrança
document-period = Período
document-taken-off = Crédito, desconto ou dias não cobrados
document-paid = Valor pago
document-returned = Valor reembolsado
document-made = Emitido pelo Aftersale em { $moment }. Datas e horas no { $zone }.
document-pdf = Baixar PDF
document-print = Para imprimir, use o comando de impressão do navegador: só o documento sai no papel.
terms-title = O que foi vendido
terms-lead = Produto, oferta, preço e prazo de reembolso como eram na compra. O que mudou depois está no histórico do pedido.
terms-installments = Pagamento em
terms-installments-count = { $count } parcelas mensais
terms-window = Reembolso a pedido
terms-window-days = { $count ->
    [one] em até { $count } dia do pagamento ou, se for depois, do primeiro acesso
   *[other] em até { $count } dias do pagamento ou, se for depois, do primeiro acesso
}
terms-window-of = { $count ->
    [one] reembolso a pedido em até { $count } dia
   *[other] reembolso a pedido em até { $count } dias
}
billing-title = Dados para documentos
billing-change = Corrigir nome, CPF ou endereço
billing-lead = O que você escrever aqui aparece nos recibos deste pedido de agora em diante.
billing-name = Nome ou empresa
billing-address = Endereço
billing-address-help = Em uma linha. Pode ficar vazio.
billing-address-wrong = Escreva o endereço em uma linha, com até 200 caracteres.
## Subscription

subscription-actions = O que você pode fazer
subscription-manage = Gerenciar assinatura
subscription-order = Ver o pedido { $code }
subscription-card = Trocar cartão
subscription-method = Mudar a forma de pagamento
subscription-plan-change = Trocar de plano
subscription-cancel = Cancelar renovação
subscription-next-amount = { $date }: { $amount }
subscription-next-discount = { $date }: { $amount }, com { $percent }% de desconto
subscription-next-after-overdue = Depois de acertar o que está em atraso
subscription-next-after-open = Depois de pagar o que está em aberto
subscription-next-untold = Prevista para { $date }: { $amount }, ainda sem confirmação
subscription-to-pay = Falta pagar { $amount } ({ $method })
subscription-overdue-since = { $amount } em atraso desde { $date }
subscription-overdue-amount = { $amount } em atraso
subscription-overdue-tries =
    { $count ->
        [one] Vamos tentar de novo { $dates }.
       *[other] Vamos tentar de novo nestes dias: { $dates }.
    }
subscription-overdue-access = Sem pagamento, o acesso vai até { $date }.

refusal-installments = As parcelas são o preço do que você comprou, dividido: por isso não dá para cancelar só as que faltam. Dentro do prazo, você pode desistir de tudo e pedir o dinheiro de volta.
refusal-ending = A renovação já está cancelada. Seu acesso vai até { $date }.
refusal-ended = Esta assinatura já terminou.
refusal-producer = O vendedor não oferece esta mudança por aqui. Se precisar, escreva para ele.
refusal-gateway = O meio de pagamento do vendedor não permite esta mudança por aqui. Se precisar, escreva para ele.

installments-title = Parcelamento
installment-title = Parcela
installment-next = Próxima parcela: { $date }, { $amount }.
installment-next-left = Próxima parcela em { $date }: { $amount }. Falta pagar { $left }.
installments-chip = Em dia · { $paid } de { $count }
installments-chip-untold = Parcelado
installment-number = { $number } de { $count }
installment-summary = { $paid ->
    [one] { $paid } de { $count } parcelas paga. Falta pagar { $left }.
   *[other] { $paid } de { $count } parcelas pagas. Falta pagar { $left }.
}
installment-ahead = A vencer
installment-open = Em aberto
installment-overdue = Em atraso
installment-void = Não será cobrada

## Cancelling a subscription

cancel-title = Cancelar renovação
cancel-end-title = Encerrar assinatura
cancel-access-until = Seu acesso continua até
cancel-access-ends = Seu acesso termina
cancel-access-ended = Seu acesso terminou
cancel-now = Assim que você confirmar
cancel-why = Por quê
cancel-why-overdue = Há uma cobrança em atraso, e o acesso dela ainda não foi pago.
cancel-why-producer = Nesta assinatura o cancelamento vale na hora.
cancel-why-unpaid = Não há um período pago daqui para a frente.
cancel-charges = Cobranças
cancel-no-charges = Não haverá novas cobranças.
cancel-charges-being-told = Estamos avisando o serviço de pagamento para parar de cobrar. Isso termina sozinho: você não precisa fazer nada.
cancel-charges-by-producer = { $producer } faz as cobranças e as encerra: avisamos na hora e lembramos depois. Se mesmo assim vier uma cobrança, escreva para { $producer } com o número do protocolo.
cancel-overdue = Em atraso
cancel-owed = { $amount }: não vamos mais tentar cobrar este valor.
cancel-owed-by-producer = { $amount }: { $producer } encerra as cobranças e, até lá, ainda pode tentar cobrar este valor.
cancel-regret = Se mudar de ideia
cancel-undo-until = Você pode desfazer até { $date }.
cancel-go-on = Continuar com o cancelamento
cancel-keep = Manter assinatura
cancel-back = Voltar para a assinatura
cancel-refund-title = Prefere desistir e receber o dinheiro?
cancel-refund = Você está no prazo: pode desistir agora e receber { $amount } de volta, até { $deadline }. Nesse caso o acesso termina na hora.
cancel-refund-by-hand = Você está no prazo: pode desistir agora e receber { $amount } de volta, até { $deadline }. { $producer } reembolsa o valor, e o acesso termina quando isso for feito.
cancel-refund-ask = Desistir e receber { $amount }
cancel-reason-title = Quer contar o motivo?
cancel-reason-lead = Não é obrigatório. Você pode cancelar sem responder.
cancel-reason-legend = Motivo
cancel-comment-open = Escrever algo
cancel-comment = O que você quer dizer ao vendedor
cancel-message-empty = Escreva a mensagem antes de enviar.
cancel-sum = Seu acesso continua até { $date } e não haverá novas cobranças.
cancel-sum-by-producer = Seu acesso continua até { $date }. { $producer } encerra as cobranças: avisamos na hora.
cancel-sum-now = O acesso termina na hora e não haverá novas cobranças.
cancel-sum-now-by-producer = O acesso termina na hora. { $producer } encerra as cobranças: avisamos na hora.
cancel-confirm = Cancelar renovação
cancel-end-now = Encerrar assinatura agora
cancel-confirm-no = Não, cancelar renovação
cancel-end-no = Não, encerrar agora
cancel-done-title = Renovação cancelada
cancel-ended-title = Assinatura encerrada
cancel-undone-title = Cancelamento desfeito
cancel-undone-lead = A assinatura continua como antes.
cancel-undone-lead-by-producer = A assinatura continua. { $producer } faz as cobranças e já recebeu o aviso.
cancel-receipt-lead = Também enviamos um comprovante para { $email }.
cancel-asked = Pedido em
cancel-until = Renovação cancelada: acesso até { $date }
cancel-ended = Assinatura encerrada em { $date }
cancel-number = Protocolo { $protocol }
cancel-undo = Desfazer cancelamento
cancel-refused-title = Não foi possível
cancel-other-request = Este formulário já foi usado para outra assinatura. Abra a página do cancelamento de novo para continuar.
cancel-offer-gone = Esta oferta não vale mais. Nada mudou na sua assinatura.
cancel-undo-late = A assinatura já terminou, e o cancelamento não pode mais ser desfeito. Para voltar, compre de novo ou escreva para o vendedor.
cancel-undo-ended = A cobrança já foi encerrada no meio de pagamento do vendedor. Para voltar, escreva para ele.

reason-too-expensive = Está caro para mim
reason-no-time = Estou sem tempo
reason-not-as-expected = Não é o que eu esperava
reason-not-using = Não estou usando
reason-technical-problem = Tive um problema técnico
reason-other = Outro motivo

offer-discount = Que tal ficar com { $percent }% de desconto? { $count ->
    [one] A próxima cobrança fica em { $price }; depois volta ao preço normal.
   *[other] As próximas { $count } cobranças ficam em { $price }; depois volta ao preço normal.
}
offer-discount-take = Ficar com { $percent }% de desconto
offer-pause = Que tal uma pausa? Você não paga nem tem acesso de { $from } até { $until }. Depois a assinatura continua sozinha.
offer-pause-take = Pausar até { $until }
offer-plan = Há um plano mais em conta: { $plan }, { $price }.
offer-plan-take = Ver o plano { $plan }
offer-message = Prefere conversar antes? Escreva para { $producer } abaixo. A resposta chega no seu e-mail, e a assinatura fica como está.
offer-message-take = Enviar mensagem para { $producer }

stay-discount = { $count ->
    [one] Você ficou com { $percent }% de desconto na próxima cobrança.
   *[other] Você ficou com { $percent }% de desconto em { $count } cobranças.
}
stay-pause = Pausa de { $from } até { $until }: sem cobrança e sem acesso nesse tempo.
stay-message = Sua mensagem foi enviada em { $moment }. A resposta chega no seu e-mail.

## Refund

choose-title = Pedir reembolso
choose-lead = Escolha o que você quer devolver. Na próxima tela você vê o valor do reembolso antes de confirmar.
choose-items = Itens do pedido
choose-none = Escolha ao menos um item.
choose-gone = { $name } já foi reembolsado ou está em reembolso
choose-closed = { $name } (prazo encerrado)
choose-next = Ver o valor

preview-title = Confira antes de pedir
preview-amount = Você recebe de volta
preview-items = Itens
preview-method = Como volta
preview-method-card = no cartão usado na compra
preview-method-this-card = no { $card }, o cartão usado na compra
preview-method-pix = por Pix, na conta de onde veio o pagamento
preview-method-boleto = por transferência, na conta que você informar
preview-method-boleto-by-hand = por transferência bancária, para uma conta que você combina com { $producer }
preview-method-part = { $amount }: { $way } (pagamento de { $date })
preview-method-other = pela mesma forma da compra
preview-when = Quando
preview-when-by-hand = { $producer } reembolsa o valor no próprio sistema de pagamento. Avisamos assim que você pedir e lembramos depois de 3 e de 7 dias.
preview-days = A transferência costuma levar de { $least } a { $most } dias.
preview-days-card = O banco costuma levar de { $least } a { $most } dias: o valor aparece na próxima fatura ou na seguinte.
preview-days-pix = { $most ->
    [0] No mesmo dia.
    [one] Em até { $most } dia útil.
   *[other] Em até { $most } dias úteis.
}
preview-access = Acesso
preview-access-lost = Termina assim que você pedir: { $items }.
preview-access-lost-by-hand = Continua até o valor ser reembolsado e termina nesse momento: { $items }.
preview-access-kept = Continua, porque outra compra sua também dá esse acesso: { $items }.
preview-subscription = Assinatura
preview-cancels = A assinatura é cancelada e não haverá novas cobranças.
preview-cancels-by-hand = Continua até o valor ser reembolsado e termina nesse momento. { $producer } encerra as cobranças.
preview-installments = Parcelas
preview-stops-installments = As parcelas que ainda viriam não são cobradas.
preview-stops-installments-by-hand = { $producer } para as parcelas que ainda viriam quando reembolsar o valor.
preview-until = Prazo
preview-until-text = Você pode pedir até { $deadline }. Não precisa dizer o motivo.
preview-confirm = Pedir reembolso de { $amount }
preview-keep = Ficar com a compra

payee-title = Conta para receber
payee-lead = Você pagou por boleto, então o banco precisa saber para onde enviar o dinheiro. Guardamos isso em segredo e apagamos quando o dinheiro chegar.
payee-holder = Nome do titular
payee-tax-id = CPF ou CNPJ do titular
payee-pix-key = Chave Pix
payee-pix-key-help = CPF, CNPJ, e-mail, telefone com +55 ou chave aleatória.
payee-bank-open = Não tenho chave Pix: informar a conta do banco
payee-bank = Código do banco
payee-bank-help = Três números, como 341.
payee-branch = Agência
payee-branch-help = Sem o dígito.
payee-account = Conta
payee-digit = Dígito da conta
payee-save = Enviar dados da conta
payee-both = Preencha a chave Pix ou os dados do banco, não os dois.
payee-neither = Preencha a chave Pix ou os dados do banco.
payee-holder-wrong = Escreva o nome do titular da conta, com até 200 caracteres.
payee-tax-id-wrong = Confira o CPF ou CNPJ do titular.
payee-pix-key-wrong = Confira a chave Pix. Telefone começa com +55.
payee-bank-wrong = O código do banco tem três números.
payee-branch-wrong = A agência tem de um a cinco números, sem o dígito.
payee-account-wrong = A conta tem de um a treze números, sem o dígito.
payee-digit-wrong = O dígito da conta é um número ou X.
payee-page-title = Informe a conta para receber
payee-page-lead = Você pagou por boleto, então falta dizer em que conta o dinheiro cai. A empresa de pagamento de { $producer } pergunta isso em uma página dela, em { $host }. Não vemos o que você informa lá. Enquanto isso não for feito, o dinheiro espera.
payee-page-go = Informar a conta para { $amount }
payee-page-unknown = Você pagou por boleto, então falta dizer em que conta o dinheiro cai. A empresa de pagamento de { $producer } pergunta isso em uma página dela, e ainda não temos o endereço. Se amanhã ele não estiver aqui, peça a { $producer }.

ask-title = Pedir reembolso fora do prazo
ask-closed = O prazo para pedir reembolso de { $items } terminou.
ask-lead = { $producer } ainda pode aprovar: escreva o que aconteceu.
ask-message = Mensagem para { $producer }
ask-message-help = Até 2.000 caracteres. { $producer } lê esta mensagem por e-mail e responde por aqui.
ask-message-empty = Escreva uma mensagem.
ask-message-long = A mensagem passa de 2.000 caracteres. Encurte um pouco.
ask-amount = Valor que pode voltar
ask-answer-by = { $producer } tem até { $deadline } para responder. Até lá nada muda no seu acesso.
ask-send = Enviar pedido de reembolso
ask-or-write = Só quer tirar uma dúvida com { $producer }? Escreva um e-mail. Isso não pede reembolso.

receipt-request-title = Pedido enviado ao vendedor
receipt-withdraw = Cancelar o pedido de reembolso
receipt-title = Reembolso pedido
receipt-sent-title = Reembolso enviado ao banco
receipt-payee-page-title = Seu reembolso espera uma conta
receipt-settled-title = Reembolso concluído
receipt-failed-title = O banco não concluiu o reembolso
receipt-declined-title = { $producer } não aprovou o reembolso
receipt-withdrawn-title = Pedido de reembolso cancelado
receipt-lead-given = Este reembolso foi feito pelo vendedor. Também enviamos um comprovante para { $email }.
receipt-lead = Anotamos o seu pedido. Também enviamos um comprovante para { $email }.
receipt-protocol = Protocolo
receipt-amount = Valor
receipt-back = Reembolsado ou a caminho
receipt-copy = Copiar protocolo
receipt-steps = Andamento

step-given = { $producer } fez este reembolso
step-requested = Pedido recebido
step-requested-text = O seu pedido foi aceito.
step-asked-text = Sua mensagem foi enviada.
step-asked = Resposta de { $producer }
step-asked-wait = { $producer } tem até { $deadline } para responder. Enviamos a resposta para o seu e-mail.
step-asked-late = { $producer } tinha até { $deadline } para responder e não respondeu. Seu pedido continua aberto. Escreva também para { $producer } e informe o número deste pedido.
step-answer-reason = Resposta do vendedor
step-sent = Envio ao banco
step-sent-next = O próximo passo é enviar ao banco. Costuma levar poucos minutos.
step-sent-asking = Enviando ao banco agora.
step-sent-waiting = O banco não respondeu com clareza. Estamos conferindo antes de tentar de novo, para não reembolsar nada em dobro. Isso termina sozinho, e avisamos você por e-mail.
step-sent-payee = Esperamos os dados da sua conta. Assim que você enviar, seguimos com o reembolso.
step-sent-payee-page = Espera você informar a conta. Depois disso, pode levar algumas horas até recebermos a notícia.
step-sent-by-hand = { $producer } reembolsa o valor no próprio sistema de pagamento e recebeu o aviso em { $date }. Lembramos depois de 3 e de 7 dias. Até ser pago, o reembolso não muda o seu acesso.
step-sent-by-hand-next = { $producer } reembolsa o valor no próprio sistema de pagamento. Estamos avisando agora.
step-sent-by-hand-late = { $producer } recebeu o aviso em { $date } e dois lembretes depois. Ainda não soubemos que o valor foi reembolsado. Escreva para { $producer } e informe o número do protocolo. Até ser pago, o reembolso não muda o seu acesso.
step-by-hand = Reembolso por { $producer }
step-failed-part-text = { $back } voltaram para você ou estão a caminho. { $failed } voltaram do banco e não chegaram a você. { $producer } já recebeu o aviso, e você pode pedir de novo o que falta.
step-settled = Reembolso concluído
step-settled-ahead = Crédito para você
step-settled-next = Depois de enviado, o banco costuma levar alguns dias até o dinheiro aparecer.
step-settled-done = O reembolso foi concluído. No cartão, o valor pode aparecer só na próxima fatura.
step-failed = Não concluído pelo banco
step-failed-text = O valor voltou do banco e não chegou a você. { $producer } já recebeu o aviso. Se quiser, escreva informando o número do protocolo.
step-declined = Não aprovado
step-declined-text = O vendedor não aprovou este pedido. Se tiver dúvidas, escreva para ele com o número do protocolo.
step-withdrawn = Cancelado
step-withdrawn-text = Você cancelou este pedido de reembolso.

answer-title = Pedido de reembolso fora do prazo
answer-buyer = Comprador
answer-order = Pedido
answer-by = Responda até
answer-message = Mensagem do comprador
answer-approve = Aprovar e reembolsar { $amount }
answer-link-invalid = Copie o endereço inteiro que está no e-mail. Se o pedido já foi respondido, nada mais precisa ser feito.
answer-approve-help = O dinheiro volta ao comprador, e termina o acesso que foi dado por aqui. Isso não pode ser desfeito.
answer-approve-help-by-hand = Este portal não consegue reembolsar este valor: você faz o reembolso no seu próprio sistema de pagamento. O acesso termina quando o reembolso for informado. Uma aprovação não pode ser desfeita.
answer-reason = Motivo da recusa
answer-reason-help = Opcional. O comprador lê este texto.
answer-reason-invalid = Escreva em uma linha, com até 200 caracteres.
answer-decline = Não aprovar
answer-nothing-left = Não há mais valor a reembolsar: ele já voltou ao comprador ou não está mais neste pagamento. Nada foi enviado.
answer-disputed = O comprador contestou esta compra no banco. Agora é o banco que decide, por isso nada foi enviado.

refused-title = O reembolso não foi pedido
refused-other-request = Este formulário já foi usado para outro pedido. Abra a página do reembolso de novo para continuar.
refused-unknown-item = Um dos itens escolhidos não pode ser reembolsado. Escolha de novo.
refused-again = Escolher de novo

## Change of plan

change-title = Trocar de plano
change-current = Seu plano hoje: { $plan }, { $price }.
change-choose = Escolha o novo plano
change-no-answer = O serviço de pagamento não está respondendo agora. Nada mudou e nada foi cobrado: tente de novo daqui a alguns minutos.
change-choose-none = Escolha um dos planos da lista.
change-see = Ver os valores
change-counting = Calculando os valores…
change-tag-now = hoje
change-tag-at = em { $date }
change-unavailable = Não disponíveis agora
change-unknown = O vendedor ainda não abriu este plano.
change-other-currency = O preço deste plano é em outra moeda.
change-not-a-plan = É uma compra única, não uma assinatura.
change-gateway = O sistema de pagamento do vendedor não troca para este plano. Fale com o vendedor.
change-closed = O vendedor não permite trocar para este plano por aqui.
change-scheduled-title = Troca de plano agendada
change-scheduled-words = A partir de { $date }, seu plano passa a ser { $plan }, por { $price }.
change-undo = Desfazer a troca

change-refused-kind = Este pedido não é uma assinatura, por isso não há plano a trocar.
change-refused-ended = Esta assinatura terminou. Para voltar, fale com { $producer }.
change-refused-ending = Esta assinatura foi cancelada e vai até { $date }. Para trocar de plano, primeiro desfaça o cancelamento.
change-refused-past-due = Há uma cobrança em atraso. Acerte o pagamento e depois troque de plano.
change-refused-paused = Esta assinatura está pausada, ou ficará quando terminar o que já foi pago. Você pode trocar de plano quando ela voltar.
change-refused-not-paid = O primeiro pagamento ainda não foi confirmado. Depois dele você pode trocar de plano.
change-refused-disputed = Uma cobrança está em disputa no banco. Até o banco decidir, o plano fica como está.
change-refused-refund = Há um reembolso deste pedido. Enquanto ele existir, o plano fica como está.
change-refused-renewing = A renovação está sendo cobrada agora. Volte em alguns minutos.
change-refused-under-way = Uma troca de plano já está em andamento.
change-refused-producer = Quem troca o plano desta assinatura é { $producer }. Escreva e diga qual plano você quer.
change-refused-none = Não há outros planos para esta assinatura. Se procura outro, fale com { $producer }.
change-follow = Acompanhar a troca

change-quote-title = Confira antes de trocar
change-quote-over = Estes valores já não valem. Veja os valores atuais antes de trocar.
change-quote-forgotten-title = Estes valores já não valem
change-quote-forgotten = Os valores de uma troca de plano valem por pouco tempo. Nada foi cobrado. Escolha o plano de novo para ver os valores atuais.
change-quote-fresh = Os valores de antes já não valiam e nada foi cobrado. Estes são os atuais.
change-due = A pagar agora
change-line = O que é contado
change-lines = Como chegamos ao valor
change-credit = Crédito não usado de { $plan }
change-until = { $plan } até { $date }
change-days = { $days ->
    [one] Crédito que vira mais { $days } dia de plano
   *[other] Crédito que vira mais { $days } dias de plano
}
change-begins-now = { $plan } começa assim que você confirmar.
change-begins-trial = { $plan } começa assim que você confirmar. Você está no período de teste: nada é cobrado agora e o teste termina no mesmo dia.
change-begins-at = { $plan } vale a partir de { $date }. Até lá você continua com { $old }, e pode desfazer a troca.
change-then = Depois: { $price }, a partir de { $date }.
change-ends-discount = Seu desconto de { $percent }% é do plano { $old } e termina com a troca.
change-replaces = Esta troca substitui a que estava agendada, para { $plan }.
change-installments = Em quantas vezes
change-installments-help = As parcelas terminam antes da próxima renovação.
change-at-once = à vista, { $amount }
change-in-installments = { $count }x de { $amount } sem juros
change-in-installments-first = 1x de { $first } + { $count }x de { $amount } sem juros
change-consent = Autorizo a cobrança de { $amount } agora: { $method }.
change-consent-missing = Para trocar agora, marque que autoriza a cobrança.
change-expires = Estes valores valem até { $hour }.
change-pay = Pagar { $amount } e trocar
change-now = Trocar agora
change-at = Agendar troca para { $date }
change-keep = Ficar com o plano atual
change-other = Escolher outro plano
change-renew = Ver os valores atuais

change-done-title = Plano trocado
change-done-paid = Agora o seu plano é { $plan }. Cobramos { $amount }: { $method }. Também enviamos um e-mail com estes dados.
change-done = Agora o seu plano é { $plan }, por { $price }. Nada foi cobrado pela troca. Também enviamos um e-mail com estes dados.
change-scheduled = A partir de { $date }, seu plano passa a ser { $plan }, por { $price }. Até lá nada muda, e você pode desfazer. Também enviamos um e-mail com estes dados.
change-charging-title = Estamos cobrando
change-charging = Estamos cobrando { $amount }: { $method }. Costuma levar poucos segundos. O plano só muda depois do pagamento, e nada é cobrado em dobro.
change-look-again = Atualizar
change-to-pay-title = Pague para trocar de plano
change-to-pay = O plano muda assim que { $amount } for pago. Até lá tudo fica como está, e você pode voltar a esta página.
change-asking-title = Estamos conferindo o pagamento
change-asking = Estamos conferindo com o banco o pagamento de { $amount }. Costuma levar poucos segundos, e nada é cobrado em dobro. Esta página se atualiza sozinha.
change-asking-bank = Não confirmou? Voltar para a página do banco
change-waiting-title = Falta a sua confirmação
change-waiting = Para cobrar { $amount }, é preciso que você confirme na página do banco. O plano só muda depois do pagamento.
change-go-to-bank = Confirmar o pagamento
change-declined-title = O plano não foi trocado
change-declined = Nada foi cobrado. Você continua com { $old }.
change-swap-card = Usar outro cartão
change-again = Ver os planos
change-undone-title = Troca desfeita
change-undone = Você continua com { $old }. Nada foi cobrado. Também enviamos um e-mail com estes dados.
change-replaced-title = Esta troca não vale mais
change-replaced = Você agendou outra troca depois desta.
change-returning-title = O valor volta para você
change-returning = O pagamento chegou quando esta troca já não podia ser feita. Estamos reembolsando { $amount }: { $method }.
change-not-returned-title = O banco não concluiu o reembolso
change-not-returned = O pagamento chegou quando esta troca já não podia ser feita, e o banco não concluiu o reembolso de { $amount }. O vendedor já recebeu o aviso e reembolsa de outra forma. Dúvidas: { $contact }.
change-returned = O pagamento chegou quando esta troca já não podia ser feita. Reembolsamos { $amount }: { $method }.
## Card and ways to pay

payment-change = Trocar cartão ou forma de pagamento
card-title = Cartão e pagamento
card-plan = { $title }, de { $producer }
card-owed = Valor em aberto
card-owed-since = A cobrança é de { $date }.
card-owed-access = Seu acesso continua até { $deadline }. Pague antes para não perdê-lo.
card-on-file = Em uso agora
card-expiry = Validade
card-swap = Trocar cartão
card-enter = Usar um cartão
card-swap-help = Você digita o cartão na página segura de quem processa o pagamento e volta para cá. Nós não vemos o número.
card-swap-pay = Pagar { $amount } com outro cartão
card-swap-pay-help = Este valor está em atraso. Você paga com o outro cartão na página segura do provedor de pagamento; a partir daí, é esse cartão que será cobrado. Nunca vemos o número.
card-swap-owed = Assim que o cartão for salvo, cobramos { $amount } nele e mostramos o resultado.
card-swap-open = Assim que o cartão for salvo, cobramos { $amount } nele. Depois disso não pague mais o código acima; se já pagou, espere a confirmação antes de trocar o cartão.
card-once-open = Enquanto este código valer, não cobramos { $before }. As próximas cobranças continuam como estão.
card-open-looks = Esta página se atualiza sozinha quando o pagamento chega.
card-tried-paid = Não há mais nada em aberto.
card-tried-declined = Tentamos de novo, e a cobrança não passou.
card-tried-asking = Estamos conferindo o pagamento com o banco. Costuma levar poucos segundos, e nada é cobrado em dobro. Esta página se atualiza sozinha.
card-tried-unknown = O sistema de pagamento ainda não respondeu com clareza. Continuamos conferindo, e nada é cobrado em dobro.
card-pay-again = Tentar de novo neste cartão: { $amount }
card-pay-boleto = Gerar boleto de { $amount }
card-pay-pix = Gerar Pix de { $amount }
card-pay-once = Pagar { $amount } por Pix, só desta vez
card-pay-once-help = O código Pix aparece em seguida. As próximas cobranças continuam como estão: { $before }.
card-open-boleto = Boleto para pagar
card-open-pix = Pix para pagar
card-open-again-pix = O código anterior venceu; aqui está outro.
card-open-again-boleto = O boleto anterior venceu; aqui está outro.
card-open-until = Pague até { $deadline }.
card-open-page-boleto = Abrir o boleto
card-open-page-pix = Abrir a página do Pix
card-copy-boleto = Copiar código do boleto
card-copy-pix = Copiar código Pix
card-qr = QR code do Pix
card-methods = Outras formas de pagar
card-to-boleto = Mudar para boleto
card-to-boleto-effect = A cada cobrança enviamos um boleto por e-mail, e você paga até o vencimento. { $before } deixa de ser cobrado.
card-to-boleto-confirm = Pagar por boleto de agora em diante
card-to-pix = Mudar para Pix
card-to-pix-effect = A cada cobrança enviamos um código Pix por e-mail, e você paga até o vencimento. { $before } deixa de ser cobrado.
card-to-pix-confirm = Pagar por Pix de agora em diante
card-method-owed = Os { $amount } em aberto passam a ser pagos assim: o código aparece em seguida.
card-refused-title = Este cartão não pode ser trocado aqui
card-refused-one-off = Esta compra foi paga de uma vez. Não haverá novas cobranças, por isso não há cartão para trocar.
card-refused-not-paid = Esta compra não foi paga, e o prazo para pagar terminou. Para comprar, comece de novo na página do vendedor ou escreva para { $producer }.
card-refused-slips = Este pedido é parcelado no boleto ou Pix. Não há cartão nele; o que estiver em aberto aparece abaixo e na página do pedido.
card-refused-ended = Este pedido já terminou. Não haverá novas cobranças.
card-refused-disputed = Você contestou esta compra no banco. Até o banco decidir, nada é cobrado e o cartão fica como está.
card-refused-gateway = Quem guarda o cartão deste pedido é o sistema de pagamento de { $producer }. Para trocá-lo, escreva para { $producer }.
card-refused-policy = Para trocar o cartão deste pedido, escreva para { $producer }.
card-refused-method = Esta forma de pagar não está disponível para este pedido.
card-unavailable-title = A página do cartão não abriu
card-unavailable = O sistema de pagamento não respondeu. Nada mudou. Tente de novo em alguns instantes.
card-other-request = Este formulário já foi usado para outra coisa. Abra a página de novo para continuar.
card-back = Voltar para cartão e pagamento
swap-open-title = Nenhum cartão salvo ainda
swap-open = A página do cartão ainda está aberta. Continue nela para salvar o cartão.
swap-open-declined = O cartão digitado não foi aceito. { $reason }
swap-continue = Continuar com o cartão
swap-closed-title = O cartão não foi trocado
swap-closed = Você voltou sem salvar um cartão. Tudo continua como estava.
swap-telling-title = Cartão salvo
swap-telling = O { $card } foi salvo. Estamos avisando o serviço de pagamento para usá-lo daqui em diante. Isso termina sozinho, e avisamos você por e-mail.
swap-saved-title = Cartão trocado
swap-declined-title = Cartão salvo, mas a cobrança não passou
swap-saved = As próximas cobranças serão no { $card }.
swap-paid-code = Não pague mais o código Pix ou boleto que estava aberto para esta cobrança.
swap-paid = Cobramos { $amount } no { $card }. O pagamento passou e está tudo em dia.
swap-paid-before = O { $card } foi salvo. O valor de { $amount } já tinha sido pago antes de usarmos este cartão: está tudo em dia.
swap-void = O { $card } foi salvo. O valor de { $amount } não é mais devido, e nada foi cobrado neste cartão.
swap-declined = O { $card } foi salvo, mas a cobrança de { $amount } não passou. { $reason }
swap-action = O { $card } foi salvo. Para cobrar o que está em aberto, o banco quer que você confirme.
swap-action-link = Confirmar com o banco
swap-unknown = O { $card } foi salvo. Ainda não é certo se o que está em aberto foi pago. Conferimos de novo sozinhos; nada é cobrado em dobro.
swap-mail = Também avisamos por e-mail.
swap-others = Usar também em outras assinaturas?
swap-others-help = São suas, na mesma loja. Marque as que devem usar este cartão.
swap-other-card = { $plan } (hoje: { $card })
swap-other-changed = { $plan }: já usa este cartão
swap-others-use = Usar nas marcadas
decline-generic = O banco recusou sem dizer o motivo. Fale com o banco ou use outro cartão.
decline-funds = O banco diz que não há saldo ou limite. Libere limite ou use outro cartão.
decline-expired-card = O cartão venceu. Use outro cartão.
decline-number = O número do cartão não confere. Digite de novo.
decline-code = O código de segurança não confere. Digite de novo.
decline-processing = O banco não respondeu. Tente de novo em alguns minutos.
decline-authentication = A cobrança não foi confirmada com o banco. Tente de novo e confirme.
decline-expired = O prazo para pagar terminou. Gere um novo código.

## States

status-pending = Aguardando pagamento
status-canceled = Cancelado
status-paid = Pago
status-free = Sem custo
status-partly-refunded = Reembolsado em parte
status-disputed = Em disputa no banco
status-refunded = Reembolsado
charge-pending = Aguardando
charge-failed = Não passou
charge-paid = Paga
charge-disputed = Em disputa
charge-refunded = Reembolsada
plan-trialing = Em teste
plan-active = Ativa
plan-past-due = Pagamento atrasado
plan-paused = Pausada
plan-ending = Cancelada, com acesso
plan-ended = Encerrada
money-back-requested = Reembolso em análise
money-back-under-way = Reembolso em andamento
money-back-waits-for-payee = Esperando seus dados bancários
money-back-sent = Reembolso enviado ao banco
money-back-settled = Reembolsado
money-back-failed = Reembolso com problema
money-back-declined = Reembolso não aprovado
money-back-withdrawn = Pedido de reembolso cancelado

## When something is not as it should be

problem-not-found-title = Página não encontrada
problem-not-found = Não há nada neste endereço, ou ele pertence a outra pessoa. Confira se você entrou com o e-mail da compra.
problem-not-found-area = Não há nada neste endereço, ou ele não está entre o que você pode ver. Confira o endereço e o e-mail com que você entrou.
problem-method-title = Isto não funciona por aqui
problem-method = Volte para a página anterior e use os botões dela.
problem-large-title = O que foi enviado é grande demais
problem-large = Volte e envie menos texto.
problem-unreadable-title = Não entendemos o que foi enviado
problem-unreadable = Volte para a página anterior, atualize e tente de novo.
problem-cross-site-title = Este envio veio de outro site
problem-cross-site = Por segurança, só aceitamos o que é enviado pelas nossas próprias páginas. Abra a página de novo e repita.
problem-many-title = Tentativas demais em pouco tempo
problem-many = { $minutes ->
    [one] Espere { $minutes } minuto e tente de novo.
   *[other] Espere { $minutes } minutos e tente de novo.
}
problem-unavailable-title = Um momento, por favor
problem-unavailable = Isto não pôde ser concluído agora. Tente de novo em alguns segundos: nada é feito em dobro.
problem-slow-title = Demorou demais
problem-slow = A página não respondeu a tempo. Tente de novo em alguns instantes; nada é feito em dobro.
problem-internal-title = Algo falhou do nosso lado
problem-internal = Não foi você. Tente de novo em alguns instantes; nada é feito em dobro.

## Mails

mail-address-below = Se o botão não abrir, copie este endereço:
mail-order = Pedido
mail-protocol = Protocolo
mail-amount = Valor
mail-items = Itens
mail-total = Total
mail-footer = Mensagem automática do Aftersale em nome de { $producer }.
mail-footer-plain = Mensagem automática do Aftersale.

mail-link-subject = Seu link de acesso vale até { $hour }
mail-link-lead = Entre em Minhas compras com este link. Ele vale até { $moment } e serve uma única vez.
mail-link-lead-producers = Veja suas compras em { $producers } com este link. Ele vale até { $moment } e serve uma única vez.
mail-link-and-others = { $producers } e outros vendedores
mail-link-lead-product = Veja o seu pedido de { $product } com este link. Ele vale até { $moment } e serve uma única vez.
mail-link-button = Entrar
mail-link-code = Ou digite este código em qualquer navegador:
mail-link-asked = Pedido feito em { $moment }, do endereço de rede { $address }. Navegador: { $browser }.
mail-link-browser-unknown = desconhecido
mail-link-not-you = Não foi você? Ignore este e-mail: sem ele ninguém entra.

mail-purchase-subject = Sua compra em { $producer }: pedido { $code }
mail-purchase-lead = O pagamento foi confirmado. No link abaixo você acompanha o pedido, o acesso e, se precisar, o reembolso.
mail-purchase-free = Seu pedido está confirmado, sem custo. No link abaixo você acompanha o pedido e o acesso.
mail-purchase-refundable = Se mudar de ideia, peça o reembolso até { $deadline }, sem dizer o motivo.
mail-purchase-button = Ver o pedido

mail-email-change-subject = Confirme o novo e-mail até { $hour }
mail-email-change-lead = Alguém que usa { $from } quer passar a usar este endereço. Confirme até { $moment }; até lá nada muda.
mail-email-change-button = Ver e confirmar
mail-email-change-not-you = Não foi você? Ignore este e-mail: sem a confirmação nada muda.
mail-email-notice-subject = Pedido para trocar o seu e-mail
mail-email-notice-lead = Pediram para trocar este endereço por { $to }. A troca só acontece se for confirmada no novo endereço até { $moment }.
mail-email-notice-not-you = Não foi você? Entre na sua conta, desista da troca e saia de todos os aparelhos.
mail-email-changed-subject = O seu e-mail foi trocado
mail-email-changed-lead = O endereço { $from } foi trocado por { $to }. Os pedidos e os acessos estão agora no novo endereço.
mail-email-changed-new = Para ver os seus pedidos, entre com este endereço.
mail-email-changed-old = Este endereço não abre mais os seus pedidos. Não foi você? Escreva para quem vendeu e diga o código de um pedido.
mail-account-button = Ir para minha conta
mail-erasure-asked-subject = Pedido para apagar os seus dados: { $protocol }
mail-erasure-asked-lead = Recebemos o seu pedido. Vamos apagar os seus dados depois de { $due }. Até lá você pode desistir. O registro das compras fica pelo tempo que a lei manda.
mail-erasure-button = Ver ou desfazer
mail-erasure-asked-not-you = Não foi você? Entre na sua conta, desfaça o pedido e saia de todos os aparelhos.
mail-erasure-undone-subject = Seus dados não serão apagados: { $protocol }
mail-erasure-undone-purchase = Você comprou de novo com este e-mail; por isso o pedido de apagar seus dados foi desfeito: a compra precisa deles. Tudo fica como estava. Se ainda quiser apagar seus dados, peça de novo na sua conta.
mail-email-changed-erasure = Seu pedido de apagar seus dados ({ $protocol }) continua: vamos apagá-los depois de { $due }. Até lá você pode desistir na sua conta, com o novo e-mail.
mail-erasure-undone-lead = O pedido para apagar os seus dados foi desfeito. Tudo continua como estava.
mail-access-expiring-subject = Seu acesso a { $item } termina { $end }
mail-access-expiring-lead = Você tem acesso a { $item } até { $end }.
mail-access-expired-subject = Seu acesso a { $item } terminou
mail-access-expired-lead = O acesso a { $item } foi até { $end }.
mail-access-help = Quer continuar? Escreva para { $producer }.

mail-refund-button = Acompanhar reembolso
mail-refund-requested-subject = Recebemos seu pedido de reembolso: { $protocol }
mail-refund-requested-lead = Seu pedido de reembolso de { $amount } foi aceito. Agora vamos enviá-lo ao banco e avisamos quando estiver concluído.
mail-refund-requested-lead-by-hand = Seu pedido de reembolso de { $amount } foi aceito. { $producer } reembolsa o valor no próprio sistema de pagamento: avisamos e lembramos depois de 3 e de 7 dias. Até ser pago, o reembolso não muda o seu acesso.
mail-refund-sent-subject = Seu reembolso de { $amount } foi enviado ao banco
mail-refund-sent-lead = O reembolso de { $amount } foi enviado ao banco. Até aparecer para você pode levar alguns dias; no cartão, às vezes só na próxima fatura.
mail-refund-settled-subject = Seu reembolso de { $amount } foi concluído
mail-refund-settled-lead = O reembolso de { $amount } foi concluído. No cartão, o valor pode aparecer só na próxima fatura.
mail-refund-failed-subject = Seu reembolso de { $amount } voltou do banco
mail-refund-failed-lead = O banco não concluiu o reembolso de { $amount }, e o valor não chegou a você. { $producer } já recebeu o aviso.
mail-refund-failed-access = Seu acesso voltou a ser o de antes do pedido de reembolso.
mail-refund-failed-again = Você pode pedir o reembolso de novo até { $deadline }, na página do pedido.
mail-refund-failed-ask = Você pode pedir de novo a { $producer }, na página do pedido.

mail-refund-asked-subject = Enviamos seu pedido a { $producer }: { $protocol }
mail-refund-asked-lead = O prazo do reembolso passou, por isso quem decide é { $producer }, que tem até { $deadline } para responder.
mail-refund-given-subject = { $producer } vai devolver { $amount }: { $protocol }
mail-refund-given-lead = { $producer } fez um reembolso de { $amount } para você. Agora vamos enviá-lo ao banco e avisamos quando estiver concluído.
mail-refund-given-lead-by-hand = { $producer } fez um reembolso de { $amount } para você e paga pelo próprio sistema de pagamento. Lembramos depois de 3 e de 7 dias. Até ser pago, o reembolso não muda o seu acesso.
mail-refund-given-reason = Mensagem de { $producer }:
mail-opens-subject = { $producer }: como acessar o seu pedido { $code }
mail-opens-lead = Seu acesso está confirmado. Entre com este mesmo e-mail.
mail-opens = acesso liberado
mail-opens-until = acesso até { $date }
mail-refund-approved-subject = Seu reembolso de { $amount } foi aprovado
mail-refund-approved-lead = { $producer } aprovou seu pedido. Agora vamos enviar { $amount } ao banco e avisamos quando estiver concluído.
mail-refund-approved-lead-by-hand = { $producer } aprovou seu pedido e reembolsa { $amount } no próprio sistema de pagamento. Lembramos depois de 3 e de 7 dias. Até ser pago, o reembolso não muda o seu acesso.
mail-refund-declined-subject = Seu pedido de reembolso não foi aprovado: { $protocol }
mail-refund-declined-lead = { $producer } não aprovou o reembolso de { $amount }. Nada muda no seu acesso.
mail-refund-declined-reason = Resposta de { $producer }:
mail-refund-withdrawn-subject = Pedido de reembolso cancelado: { $protocol }
mail-refund-withdrawn-lead = Você cancelou o pedido de reembolso de { $amount }. Nada muda na sua compra.
mail-refund-went-back = Outra parte, de { $amount }, voltou ou está a caminho.
mail-refund-payee-subject = Falta a conta para reembolsar { $amount }
mail-refund-payee-lead = Você pagou por boleto. Para reembolsar { $amount }, o banco precisa de uma conta: abra o pedido, siga para o reembolso e informe os dados. Nunca pedimos esses dados por e-mail.
mail-refund-payee-page-subject = Informe a conta para receber { $amount }
mail-refund-payee-page-lead = Seu reembolso de { $amount } começou. Você pagou por boleto, então a empresa de pagamento de { $producer } precisa de uma conta para enviar o valor. Enquanto você não informar, o dinheiro espera.
mail-refund-payee-page-again-subject = Seus { $amount } ainda esperam: informe a conta
mail-refund-payee-page-again-lead = Seu reembolso de { $amount } espera desde { $deadline } por uma conta. Você pagou por boleto, e a empresa de pagamento de { $producer } não tem outra forma de enviar o valor.
mail-refund-payee-page-button = Informar conta do reembolso
mail-refund-payee-page-note = O pedido leva à página em que você informa a conta. Ninguém pede esses dados por e-mail.

mail-producer-asked-subject = Responda até { $deadline }: pedido de reembolso { $protocol }
mail-producer-asked-late-subject = Sem resposta: pedido de reembolso { $protocol }
mail-producer-asked-lead = { $buyer } pede reembolso de { $amount } fora do prazo. Responda até { $deadline }: o comprador vê esse prazo.
mail-producer-asked-late-lead = O prazo para responder a { $buyer } terminou em { $deadline }. O comprador ainda espera.
mail-producer-asked-message = Mensagem do comprador:
mail-producer-asked-button = Ver e responder
mail-producer-asked-note = Só quem tem este e-mail abre a página de resposta. Não encaminhe.
mail-plan-changed-subject = Seu plano agora é { $plan }
mail-plan-changed-lead = A troca de { $old } para { $plan } está feita.
mail-plan-scheduled-subject = Troca de plano agendada: { $plan } a partir de { $date }
mail-plan-scheduled-lead = Você continua com { $old } até { $date }. Nesse dia começa { $plan }. Até lá você pode desfazer a troca.
mail-plan-undone-subject = Troca desfeita: você continua com { $old }
mail-plan-undone-lead = A troca para { $plan } não vai mais acontecer. Você continua com { $old } e nada foi cobrado.
mail-plan-back-subject = { $amount } volta para você
mail-plan-back-lead = O pagamento da troca para { $plan } chegou quando ela já não podia ser feita. A troca não aconteceu e { $amount } volta inteiro para a forma de pagamento usada.
mail-plan-back = Valor reembolsado
mail-plan-back-when = O prazo até aparecer na fatura ou na conta depende do banco.
mail-plan-plan = Novo plano
mail-plan-price = Preço
mail-plan-paid = Pago agora
mail-plan-in-installments = { $amount }, em { $count }x
mail-plan-next = Próxima cobrança
mail-plan-button = Ver o plano
mail-plan-not-you = Não foi você? Escreva para { $producer } o quanto antes.
mail-plan = Plano
mail-cancel-button = Ver a assinatura
mail-cancel-subject = Renovação cancelada: acesso até { $date }
mail-cancel-lead = A renovação de { $plan } foi cancelada. Seu acesso continua até { $date } e não haverá novas cobranças.
mail-cancel-lead-by-producer = A renovação de { $plan } foi cancelada. Seu acesso continua até { $date }. { $producer } faz as cobranças e recebeu o pedido de encerrá-las até lá. Se mesmo assim vier uma cobrança, escreva para { $producer } com o número do protocolo.
mail-cancel-undo = Mudou de ideia? Você pode desfazer até { $date }, na página da assinatura.
mail-cancel-now-subject = Assinatura encerrada: { $plan }
mail-cancel-now-lead = A assinatura { $plan } foi encerrada. Seu acesso terminou e não haverá novas cobranças.
mail-cancel-now-lead-by-producer = A assinatura { $plan } foi encerrada e seu acesso terminou. { $producer } faz as cobranças e recebeu o pedido de encerrá-las agora. Se mesmo assim vier uma cobrança, escreva para { $producer } com o número do protocolo.
mail-cancel-undone-subject = Cancelamento desfeito: { $plan } continua
mail-cancel-undone-lead = O cancelamento de { $plan } foi desfeito. A assinatura continua como antes, com renovação e cobranças.
mail-cancel-undone-lead-by-producer = O cancelamento de { $plan } foi desfeito. A assinatura continua. { $producer } faz as cobranças e já recebeu o aviso.
mail-cancel-ended-subject = Seu acesso a { $plan } terminou
mail-cancel-ended-lead = O último dia de { $plan } foi { $date }. Não haverá novas cobranças. Se quiser voltar, escreva para { $producer }.
mail-cancel-ended-lead-by-producer = O último dia de { $plan } foi { $date }. { $producer } faz as cobranças e recebeu o pedido de encerrá-las até lá. Se mesmo assim vier uma cobrança, escreva para { $producer } com o número do protocolo.
mail-cancel-by-seller = { $producer } fez este cancelamento. Ficou com dúvida? Responda a este e-mail.
mail-cancel-not-you = Não foi você? Escreva para { $producer }.
mail-producer-cancel-subject = Encerre em { $gateway }: assinatura de { $buyer }
mail-producer-cancel-lead = { $buyer } cancelou a renovação de { $plan }. Este portal não alcança { $gateway }: encerre a assinatura por lá até { $date }, para que nada mais seja cobrado.
mail-producer-cancel-undone-subject = Mantenha em { $gateway }: assinatura de { $buyer }
mail-producer-cancel-undone-lead = { $buyer } desfez o cancelamento de { $plan }. Se você já encerrou a assinatura em { $gateway }, reative por lá.
mail-producer-cancel-not-done-subject = Ainda em aberto: encerre em { $gateway }, assinatura de { $buyer }
mail-producer-cancel-not-done-lead = { $buyer } cancelou { $plan } em { $date }, com { $last } como último dia. { $gateway } ainda não nos informou que a assinatura foi encerrada por lá: encerre, para que nada mais seja cobrado. Se já encerrou, não precisa fazer mais nada.
mail-producer-message-subject = { $buyer } pensou em cancelar { $plan } e escreveu para você
mail-producer-message-lead = { $name } abriu o cancelamento de { $plan } e preferiu falar com você. A assinatura continua.
mail-producer-message-quote = Mensagem:
mail-producer-message-reply = Responda para { $buyer }.
mail-charge-title = Referente a
mail-charge-reason = Motivo
mail-charge-card = Forma de pagamento
mail-charge-order-button = Ver o pedido
mail-charge-card-button = Trocar o cartão
mail-charge-failed-subject = Não conseguimos cobrar { $amount }: { $title }
mail-charge-failed-lead = A cobrança de { $amount } de { $title } não foi concluída.
mail-charge-unpaid-subject = Falta pagar { $amount }: { $title }
mail-charge-unpaid-lead = O pagamento de { $amount } de { $title } não chegou dentro do prazo.
mail-charge-again = Vamos tentar de novo { $day }. Se preferir, troque o cartão agora: a cobrança é feita na hora.
mail-charge-again-slip = Vamos enviar outro código para pagamento { $day }.
mail-charge-access-until = Seu acesso continua até { $day }.
mail-charge-suspended = Não vamos tentar de novo por enquanto, e seu acesso está suspenso. Ele volta assim que o valor for pago.
mail-charge-suspended-slip = Seu acesso está suspenso. Ele volta assim que o valor for pago: gere outro código na página do pedido.
mail-charge-ended = Não vamos tentar de novo. A assinatura foi encerrada, e seu acesso também. Não haverá novas cobranças.
mail-charge-ended-slip = A assinatura foi encerrada, e seu acesso também. Não haverá novas cobranças.
mail-charge-recovered-subject = Pagamento de { $amount } confirmado: { $title }
mail-charge-recovered-lead = Recebemos { $amount } de { $title }. Está tudo em dia, e seu acesso continua.


mail-renewal-subject = Sua assinatura renova { $day }: { $amount }
mail-renewal-lead = Sua assinatura { $title } renova { $day }, por { $amount }.
mail-renewal-button = Ver a assinatura
mail-renewal-cancel = Se não quiser renovar, cancele antes desse dia: você continua com acesso até lá.

mail-surplus-subject = Pagamento a mais de { $amount }: { $title }
mail-surplus-lead = Recebemos { $amount } de { $title }, mas não havia nada a pagar: esta cobrança já estava paga ou encerrada.
mail-surplus-next = { $producer } recebeu este mesmo aviso. Para ter o valor de volta, peça o reembolso na página do pedido ou escreva para { $producer }.
mail-producer-surplus-subject = Resolva: { $buyer } pagou { $amount } a mais
mail-producer-surplus-lead = { $buyer } pagou { $amount } de { $title } quando a cobrança já estava paga ou encerrada.
mail-producer-surplus-reference = Cobrança
mail-producer-surplus-next = O comprador foi avisado e pode pedir o reembolso na página do pedido. Você também pode reembolsar no seu sistema de pagamento.
mail-slip-boleto-subject = Boleto para pagar: { $amount }, { $title }
mail-slip-pix-subject = Pix para pagar: { $amount }, { $title }
mail-slip-boleto-lead = Aqui está o boleto de { $amount } de { $title }.
mail-slip-pix-lead = Aqui está o Pix de { $amount } de { $title }.
mail-slip-pix-again = O código do Pix venceu; aqui está outro, de { $amount }: { $title }.
mail-slip-boleto-again = O boleto venceu; aqui está outro, de { $amount }: { $title }.
mail-slip-boleto-button = Abrir o boleto
mail-slip-pix-button = Abrir o Pix
mail-slip-boleto-code = Ou copie a linha do boleto:
mail-slip-pix-code = Ou copie o código Pix:
mail-slip-until = Pague até
mail-slip-note = Se já pagou, não precisa fazer nada: a confirmação chega sozinha.

mail-producer-failed-subject = Resolva: o reembolso { $protocol } voltou do banco
mail-producer-failed-lead = O reembolso de { $amount } para { $buyer } não foi concluído. O comprador já sabe e espera por você.
mail-producer-reason = Motivo informado pelo banco:
mail-producer-plan-next-subject = Resolva: o plano de { $buyer } a partir de { $date }
mail-producer-plan-next-lead = { $buyer } muda para { $plan } em { $date } e já recebeu a confirmação. Seu sistema de pagamento não aceitou a troca vinda daqui. Altere o plano por lá antes dessa data.
mail-producer-plan-next-back = { $buyer } continua em { $plan } e já recebeu a confirmação. Seu sistema de pagamento não aceitou isso vindo daqui: por lá, outro plano começa em { $date }. Volte o plano por lá antes dessa data.
mail-producer-plan-back-subject = Resolva: { $amount } de { $buyer } não voltou pelo banco
mail-producer-plan-back-lead = { $buyer } pagou { $amount } para trocar para { $plan } quando a troca já não podia ser feita. O reembolso não foi concluído.
mail-producer-failed-next = Combine com o comprador outra forma de reembolsar o valor.
mail-producer-by-hand-subject = Reembolse { $amount }: protocolo { $protocol }
mail-producer-by-hand-lead = { $buyer } vai receber um reembolso de { $amount }. Este portal não alcança { $gateway }: faça o reembolso por lá.
mail-producer-by-hand-next = O acesso termina quando o reembolso for informado: pela origem do pedido ou pelo seu programa, com POST /api/v1/orders/{ $code }/refunds/{ $protocol }/done. Se houver assinatura ou parcelas deste pedido cobradas por lá, encerre também.
mail-producer-not-done-subject = Ainda em aberto: reembolse { $amount }, protocolo { $protocol }
mail-producer-not-done-lead = { $buyer } espera { $amount } desde { $date }. { $gateway } ainda não nos informou que o valor foi reembolsado.
mail-producer-not-done-next = Se ainda não reembolsou, faça o reembolso em { $gateway }. Se já reembolsou, informe, e estes avisos param.
mail-producer-stopped-grant-subject = Resolva: o acesso de { $buyer } não foi liberado
mail-producer-stopped-revoke-subject = Resolva: o acesso de { $buyer } não foi retirado
mail-producer-stopped-grant = A área de membros { $area } não aceitou a liberação do acesso de { $buyer }.
mail-producer-stopped-revoke = A área de membros { $area } não aceitou a retirada do acesso de { $buyer }.
mail-producer-stopped-answer = Última resposta:
mail-producer-stopped-next = Confira a chave e as regras de acesso dessa área de membros.

mail-card-button = Ver cartão e pagamento
mail-card-plan = Assinatura ou pedido
mail-card-card = Cartão
mail-card-method = Forma de pagamento
mail-card-when = Trocado em
mail-card-changed-subject = Novo cartão em { $title }: { $card }
mail-card-changed-lead = As próximas cobranças de { $title } serão no { $card }.
mail-card-not-you = Não foi você? Abra a página, troque o cartão e escreva para { $producer }.
mail-method-changed-subject = Nova forma de pagamento em { $title }: { $method }
mail-method-changed-lead = As próximas cobranças de { $title } serão por { $method }. A cada cobrança, o código para pagar aparece na página abaixo.
mail-card-expiring-subject = Seu cartão vence em { $expiry }: troque antes da próxima cobrança
mail-card-expiring-lead = O { $card }, usado em { $title }, vence em { $expiry }. Troque o cartão até lá para não ficar sem acesso.
mail-card-expiring-button = Trocar cartão

# O que a venda registrou: dados do comprador e como se chegou ao total.
sale-title = Dados da compra
sale-name = Nome
sale-email = E-mail da compra
sale-tax-id = CPF ou CNPJ
sale-phone = Telefone
sale-address = Endereço
sale-subtotal = Subtotal
sale-coupon = Cupom
sale-discount = Desconto
sale-taxes = Impostos
sale-transaction = Número da transação
