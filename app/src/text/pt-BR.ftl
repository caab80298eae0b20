# Everything the screens and mails say, in Brazilian Portuguese. Same keys and variables as en.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = Minhas compras
frame-skip = Ir para o conteúdo
frame-navigation = Navegação
frame-language = Idioma
frame-account = Minha conta
frame-sign-out = Sair
frame-signed-in = Você entrou como { $email }.
frame-footer = Aftersale: seus pedidos, acessos e reembolsos em um só lugar.
frame-time-zone = Datas e horas no fuso { $zone }.

## Words that several screens share

and-more = { $count ->
    [one] e mais { $count } item
   *[other] e mais { $count } itens
}
copied = Copiado
back-to-order = Voltar para o pedido
back-to-home = Voltar para minhas compras
summary-title = Confira antes de continuar
contact-seller = Escrever para { $seller }

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
sent-open = Abra o e-mail neste aparelho e toque no botão, ou digite abaixo o código que está nele.
sent-ended = O prazo do link enviado para { $email } terminou. Peça um novo abaixo.
sent-code = Código de 8 letras e números
sent-code-help = Como ABCD-2345. Maiúsculas ou minúsculas, tanto faz.
sent-code-send = Entrar com o código
sent-help-title = Não chegou?
sent-help-wait = Pode levar até dois minutos.
sent-help-spam = Confira o spam e a aba de promoções. O remetente é { $sender }.
sent-help-address = Confira se este é o e-mail da compra.
sent-other-address = Usar outro e-mail
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
link-used-title = Este link já foi usado
link-used = Por segurança, cada link de acesso serve uma única vez. Peça um novo: ele leva ao mesmo lugar.
link-resend = Enviar um novo link
link-invalid-title = Este link não está completo
link-invalid = Alguns programas de e-mail cortam endereços longos. Copie o endereço inteiro que está no e-mail ou peça um novo link.
link-to-sign-in = Ir para a entrada

order-link-title = Ver o seu pedido
order-link-lead = Para proteger os seus dados, enviamos um link de acesso para o e-mail da compra.
order-link-product = Produto
order-link-seller = Vendido por
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
home-access-until = Acesso até { $date }. Não haverá novas cobranças.

alert-title = Precisa da sua atenção
alert-past-due = A cobrança de { $title } não passou. Veja o que fazer.
alert-refund-failed = O reembolso de { $title } voltou do banco. O vendedor já foi avisado.
alert-payment-pending = O pagamento de { $title } ainda não foi feito.
alert-access-ends = Seu acesso a { $title } termina { $deadline }.

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
order-bought-at = Comprado em { $date }

access-title = Acesso
access-confirmed-today = Acesso confirmado às { $hour }
access-confirmed = Acesso confirmado em { $moment }
access-until = até { $date }
access-sending = Liberando o acesso. Costuma levar menos de um minuto.
access-delayed = O acesso está demorando. Continuamos tentando, a última vez às { $hour }. Você não precisa fazer nada.
access-none = Sem acesso
access-after-payment = O acesso é liberado depois do pagamento.
access-not-managed = Quem libera o acesso é { $seller }.
access-ending = O acesso está sendo encerrado.
access-removed = Acesso encerrado em { $moment }

payment-title = Pagamento
payment-method = Forma
payment-card-only = Cartão
payment-card = { $brand } final { $last4 }
payment-card-expiry = validade { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Outra forma
payment-paid-at = Pago em
payment-not-yet = Ainda não foi pago
payment-charges = Cobranças
payment-charge-date = Data
payment-charge-amount = Valor
payment-charge-status = Situação
payment-installments = em { $count }x no cartão
payment-due = Pague até { $date }
payment-code = Código para pagar
payment-code-copy = Copiar código de pagamento

items-title = Itens
items-item = Item
items-amount = Valor
items-bump = adicionado na compra
items-total = Total
items-refunded = Devolvido ou em devolução

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
subscription-past-due = A última cobrança não passou. Escreva para { $seller } para acertar o pagamento.
subscription-no-next = Não haverá novas cobranças
subscription-period-end = Período pago até
subscription-canceled = Cancelada em
subscription-help = Para cancelar ou trocar de plano, escreva para { $seller }.

refund-title = Reembolso
refund-open = Você pode desistir e receber { $amount } de volta até { $deadline }. Não precisa dizer o motivo.
refund-ask = Pedir reembolso
refund-closed = O prazo para pedir reembolso foi até { $deadline }.
refund-closed-help = Você ainda pode escrever para { $seller }, que decide sobre pedidos fora do prazo.
refund-not-paid = Este pedido não foi pago. Não há valor a devolver.
refund-nothing-left = Todo o valor deste pedido já foi ou está sendo devolvido.
refund-under-way = Há um reembolso em andamento. Quando ele terminar, você poderá pedir outro, se ainda houver prazo.
refund-disputed = Você contestou esta compra no banco. Agora é o banco que decide, e ele avisa você. Por isso o reembolso por aqui está parado.
refund-past = Reembolsos deste pedido

timeline-title = Histórico
timeline-ordered = Pedido feito
timeline-paid = Pagamento confirmado
timeline-access-sent = Acesso enviado à área de membros
timeline-access-confirmed = Acesso liberado
timeline-access-removed = Acesso encerrado
timeline-refund-requested = Reembolso pedido: protocolo { $protocol }
timeline-refund-sent = Reembolso enviado ao banco: protocolo { $protocol }
timeline-refund-settled = Dinheiro devolvido: protocolo { $protocol }
timeline-refund-failed = O banco não concluiu o reembolso: protocolo { $protocol }
timeline-subscription-canceled = Assinatura cancelada
timeline-subscription-undo = Cancelamento desfeito
timeline-card-swap = Cartão trocado
timeline-plan-change = Plano trocado
timeline-plan-schedule = Troca de plano agendada
timeline-billing-paid = Cobrança paga
timeline-billing-failed = Uma cobrança não passou
timeline-document-billing = Dados dos documentos corrigidos
timeline-recorded = Pedido atualizado
timeline-mail = E-mail enviado
timeline-mail-purchase = E-mail da compra enviado
timeline-mail-refund-requested = E-mail enviado: pedido de reembolso recebido
timeline-mail-refund-sent = E-mail enviado: reembolso a caminho
timeline-mail-refund-settled = E-mail enviado: reembolso concluído
timeline-mail-refund-failed = E-mail enviado: reembolso com problema
timeline-mail-access-expiring = E-mail enviado: acesso perto do fim
timeline-mail-access-expired = E-mail enviado: acesso encerrado

help-title = Ajuda
help-text = Dúvidas sobre o conteúdo ou sobre este pedido? Escreva para { $seller } e diga o código { $code }.

## Account

account-title = Minha conta
account-profile = Seus dados
account-name = Nome
account-phone = Telefone
account-tax-id = CPF ou CNPJ
account-none = não informado
account-change = Alterar dados
account-email = E-mail
account-email-change = Trocar de e-mail
account-language-help = Vale para as páginas em qualquer aparelho e para os e-mails.
back-to-account = Voltar para minha conta

profile-title = Alterar dados
profile-save = Salvar
profile-name-wrong = Escreva um nome, com até 200 letras.
profile-phone-help = Com DDD. Pode ficar vazio.
profile-phone-wrong = Escreva o telefone com DDD, só com números, como (11) 99999-0001.
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
papers-help = Todos os comprovantes de pagamento e de devolução de um ano, em PDF, em um só arquivo.
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
erasure-goes-traces = Aparelhos conectados, links e endereços de rede.
erasure-kept = O que a lei manda guardar
erasure-kept-sales = O registro das suas compras (o que foi vendido, valor, data, nome e CPF ou CNPJ da compra) fica guardado até { $day }: são 5 anos depois da última venda, por obrigação fiscal.
erasure-days = Apagamos 7 dias depois do pedido. Até lá você pode desistir.
erasure-ask = Pedir para apagar meus dados
erasure-asked-at = Pedido em
erasure-waiting-title = Pedido registrado
erasure-waiting = Vamos apagar os seus dados depois de { $due }. Até lá você pode desistir.
erasure-undo = Não apagar meus dados
erasure-open = Antes é preciso concluir isto
erasure-open-refund = Há um reembolso em andamento no pedido { $code }.
erasure-open-subscription = A assinatura do pedido { $code } ainda não terminou.
erasure-open-payment = Há um pagamento em aberto no pedido { $code }.
erasure-open-dispute = O pedido { $code } está em disputa no banco.

## Documents

documents-title = Documentos
documents-receipt = Recibo de { $amount }, pago em { $date }
documents-credit = Comprovante de devolução de { $amount }, de { $date }
documents-terms = O que foi vendido, como na compra
document-receipt = Recibo de pagamento
document-receipt-note = Este recibo comprova o pagamento abaixo. Não é nota fiscal: a nota fiscal, quando devida, é emitida por quem vendeu.
document-credit = Comprovante de devolução
document-credit-note = Este documento comprova que o valor abaixo foi devolvido. Não é nota fiscal.
document-credit-note-sent = Este documento comprova que o valor abaixo foi enviado ao banco para devolução. Não é nota fiscal.
document-seller = Vendido por
document-buyer = Comprador
document-email = E-mail
document-ordered-at = Data do pedido
document-paid-at = Pago em
document-sent-at = Enviado ao banco em
document-reference = Referência da cobrança
document-paid = Valor pago
document-returned = Valor devolvido
document-made = Emitido pelo Aftersale em { $moment }. Datas e horas no fuso { $zone }.
document-pdf = Baixar PDF
document-print = Para imprimir, use o comando de impressão do navegador: só o documento sai no papel.
terms-title = O que foi vendido
terms-lead = Produto, oferta e preço como foram registrados na compra.
billing-title = Dados para documentos
billing-change = Corrigir nome, CPF ou endereço
billing-lead = O que você escrever aqui aparece nos recibos deste pedido de agora em diante.
billing-name = Nome ou empresa
billing-address = Endereço
billing-address-help = Em uma linha. Pode ficar vazio.
billing-address-wrong = Escreva o endereço em uma linha, com até 200 letras.

## Refund

choose-title = Pedir reembolso
choose-lead = Escolha o que você quer devolver. Na próxima tela você vê o valor antes de confirmar.
choose-items = Itens do pedido
choose-none = Escolha ao menos um item.
choose-gone = { $name } já foi devolvido ou está em devolução
choose-closed = { $name } (prazo encerrado)
choose-next = Ver o valor

preview-title = Confira antes de pedir
preview-amount = Você recebe de volta
preview-items = Itens
preview-method = Como volta
preview-method-card = no cartão usado na compra
preview-method-this-card = no { $card }, o cartão usado na compra
preview-method-pix = por Pix, na conta de onde veio o pagamento
preview-method-boleto = por transferência; o vendedor confirma os dados com você
preview-method-other = pela mesma forma da compra
preview-when = Quando
preview-days = A transferência costuma levar de { $least } a { $most } dias.
preview-days-card = O banco costuma levar de { $least } a { $most } dias: o valor aparece na próxima fatura ou na seguinte.
preview-days-pix = { $most ->
    [0] No mesmo dia.
    [one] Em até { $most } dia útil.
   *[other] Em até { $most } dias úteis.
}
preview-access = Acesso
preview-access-lost = Termina assim que você pedir: { $items }.
preview-access-kept = Continua, porque outra compra sua também dá esse acesso: { $items }.
preview-subscription = Assinatura
preview-cancels = A assinatura é cancelada e não haverá novas cobranças.
preview-until = Prazo
preview-until-text = Você pode pedir até { $deadline }. Não precisa dizer o motivo.
preview-confirm = Pedir reembolso de { $amount }
preview-keep = Ficar com a compra

receipt-title = Reembolso pedido
receipt-lead = Anotamos o seu pedido. Também enviamos um comprovante para { $email }.
receipt-protocol = Protocolo
receipt-amount = Valor
receipt-copy = Copiar protocolo
receipt-steps = Andamento

step-requested = Pedido recebido
step-requested-text = O seu pedido foi aceito.
step-sent = Envio ao banco
step-sent-next = O próximo passo é enviar ao banco. Costuma levar poucos minutos.
step-sent-waiting = O banco não respondeu com clareza. Estamos conferindo antes de tentar de novo, para não devolver nada em dobro.
step-settled = Devolução
step-settled-next = Depois de enviado, o banco costuma levar alguns dias até o dinheiro aparecer.
step-settled-done = O dinheiro foi devolvido.
step-failed = O banco não concluiu
step-failed-text = O valor voltou do banco e não chegou a você. O vendedor já foi avisado e precisa resolver. Se quiser, escreva para ele com o número do protocolo.
step-declined = Não aprovado
step-declined-text = O vendedor não aprovou este pedido. Se tiver dúvidas, escreva para ele com o número do protocolo.
step-withdrawn = Retirado
step-withdrawn-text = Você desistiu deste pedido de reembolso.

refused-title = O reembolso não foi pedido
refused-other-request = Este formulário já foi usado para outro pedido. Abra a página do reembolso de novo para continuar.
refused-unknown-item = Um dos itens escolhidos não pode ser devolvido. Escolha de novo.
refused-again = Escolher de novo

## States

status-pending = Aguardando pagamento
status-canceled = Cancelado
status-paid = Pago
status-partly-refunded = Devolvido em parte
status-disputed = Em disputa no banco
status-refunded = Devolvido
charge-pending = Aguardando
charge-failed = Não passou
charge-paid = Paga
charge-disputed = Em disputa
charge-refunded = Devolvida
plan-trialing = Em teste
plan-active = Ativa
plan-past-due = Pagamento atrasado
plan-paused = Pausada
plan-ending = Cancelada, com acesso
plan-ended = Encerrada
money-back-requested = Reembolso em análise
money-back-under-way = Reembolso em andamento
money-back-sent = Reembolso enviado ao banco
money-back-settled = Devolvido
money-back-failed = Reembolso com problema
money-back-declined = Reembolso não aprovado
money-back-withdrawn = Reembolso retirado

## When something is not as it should be

problem-not-found-title = Página não encontrada
problem-not-found = Não há nada neste endereço, ou ele pertence a outra pessoa. Confira se você entrou com o e-mail da compra.
problem-method-title = Isto não funciona por aqui
problem-method = Volte para a página anterior e use os botões dela.
problem-large-title = O que foi enviado é grande demais
problem-large = Volte e envie menos texto.
problem-unreadable-title = Não entendemos o que foi enviado
problem-unreadable = Volte para a página anterior, atualize e tente de novo.
problem-cross-site-title = Este envio veio de outro site
problem-cross-site = Por segurança, só aceitamos o que é enviado pelas nossas próprias páginas. Abra a página de novo e repita.
problem-many-title = Pedidos demais em pouco tempo
problem-many = { $minutes ->
    [one] Espere { $minutes } minuto e tente de novo. O último link enviado continua valendo.
   *[other] Espere { $minutes } minutos e tente de novo. O último link enviado continua valendo.
}
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
mail-footer = Mensagem automática do Aftersale em nome de { $seller }.
mail-footer-plain = Mensagem automática do Aftersale.

mail-link-subject = Seu link de acesso vale até { $hour }
mail-link-lead = Entre em Minhas compras com este link. Ele vale até { $moment } e serve uma única vez.
mail-link-lead-product = Veja o seu pedido de { $product } com este link. Ele vale até { $moment } e serve uma única vez.
mail-link-button = Entrar
mail-link-code = Ou digite este código em qualquer navegador:
mail-link-asked = Pedido feito em { $moment }, do endereço de rede { $address }. Navegador: { $browser }.
mail-link-browser-unknown = desconhecido
mail-link-not-you = Não foi você? Ignore este e-mail: sem ele ninguém entra.

mail-purchase-subject = Sua compra em { $seller }: pedido { $code }
mail-purchase-lead = O pagamento foi confirmado. No link abaixo você acompanha o pedido, o acesso e, se precisar, o reembolso.
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
mail-erasure-undone-lead = O pedido para apagar os seus dados foi desfeito. Tudo continua como estava.
mail-access-expiring-subject = Seu acesso a { $item } termina { $end }
mail-access-expiring-lead = Você tem acesso a { $item } até { $end }. Não há nova cobrança por isso.
mail-access-expired-subject = Seu acesso a { $item } terminou
mail-access-expired-lead = O acesso a { $item } foi até { $end }.
mail-access-help = Quer continuar? Escreva para { $seller }.

mail-refund-button = Acompanhar reembolso
mail-refund-requested-subject = Recebemos seu pedido de reembolso: { $protocol }
mail-refund-requested-lead = Seu pedido de reembolso de { $amount } foi aceito. Agora vamos enviá-lo ao banco.
mail-refund-sent-subject = Seu reembolso de { $amount } foi enviado ao banco
mail-refund-sent-lead = O reembolso de { $amount } foi enviado ao banco. Até aparecer para você pode levar alguns dias; no cartão, às vezes só na próxima fatura.
mail-refund-settled-subject = Seu reembolso de { $amount } foi concluído
mail-refund-settled-lead = O reembolso de { $amount } foi concluído. No cartão, o valor pode aparecer só na próxima fatura.
mail-refund-failed-subject = Seu reembolso de { $amount } voltou do banco
mail-refund-failed-lead = O banco não concluiu o reembolso de { $amount }. { $seller } já foi avisado e precisa resolver com você. Seu pedido continua registrado.

mail-producer-failed-subject = Resolva: o reembolso { $protocol } voltou do banco
mail-producer-failed-lead = O reembolso de { $amount } para { $buyer } não foi concluído. O comprador já sabe e espera por você.
mail-producer-reason = Motivo informado pelo banco:
mail-producer-failed-next = Combine com o comprador outra forma de devolver o valor.
mail-producer-by-hand-subject = Devolva { $amount }: reembolso { $protocol }
mail-producer-by-hand-lead = { $buyer } pediu reembolso de { $amount } dentro do prazo. Este portal não alcança { $gateway }: faça a devolução por lá.
mail-producer-stopped-grant-subject = Resolva: o acesso de { $buyer } não foi liberado
mail-producer-stopped-revoke-subject = Resolva: o acesso de { $buyer } não foi retirado
mail-producer-stopped-grant = A área de membros { $area } não aceitou a liberação do acesso de { $buyer }.
mail-producer-stopped-revoke = A área de membros { $area } não aceitou a retirada do acesso de { $buyer }.
mail-producer-stopped-answer = Última resposta:
mail-producer-stopped-next = Confira a chave e as regras de acesso dessa área de membros.
