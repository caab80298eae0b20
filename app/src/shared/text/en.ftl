# Everything the screens and mails say, in English. Same keys and variables as pt-BR.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = My purchases
draft-here = What you wrote is back in the form. Check it and send it again.
draft-sign-in = Your session has ended. What you wrote is saved in this browser: sign in to continue.
draft-kept = What you wrote has been saved.
draft-continue = Continue where you left off
gateway-title = Opening the payment page
gateway-text = You are being taken to the secure page of the payment system. If it does not open by itself, use the button.
gateway-continue = Go to the payment page
frame-skip = Skip to content
frame-navigation = Navigation
frame-language = Language
frame-account = My account
frame-sign-out = Sign out
frame-signed-in = You are signed in as { $email }.
frame-footer = Aftersale: your orders, access and refunds in one place.
frame-time-zone = Dates and times in { $zone }.
zone-brasilia = Brasília time
zone-other = the { $zone } time zone
zone-asia = Asia
zone-europe = Europe

## Words that several screens share

and-more = { $count ->
    [one] and { $count } more item
   *[other] and { $count } more items
}
copied = Copied
back-to-order = Back to order
back-to-home = Back to my purchases
said-cancel-undone = Cancellation undone. The subscription goes on as before.
said-erasure-undone = Your data will not be erased. Everything stays as it was.
said-profile-saved = Your details are saved.
said-method-pix = Payment method changed: it is Pix now.
said-method-boleto = Payment method changed: it is boleto now.
said-sent-again = Done: if there are purchases with this email address, the link is on its way again.
said-sent-early = A link was requested a short time ago. Wait a little before asking for another, and check your spam folder.
said-declined = You did not approve the request. The buyer has been told.
said-approved = You approved the request. The money goes back to the buyer, who has been told.
summary-title = Please check before you continue
contact-producer = Email { $producer }

## Sign-in

sign-in-title = Sign in
sign-in-lead = See your orders and your access, or request a refund. No password needed: we email you a link.
sign-in-email = Enter the email address you used for your purchase
sign-in-email-help = The address where you received your purchase confirmation.
sign-in-send = Send sign-in link
sign-in-have-code = I already have a code
sign-in-email-empty = Enter your email address.
sign-in-email-invalid = This address does not look complete. Check that it has an @ and something after it, as in name@example.com.
sign-in-next = To continue, sign in with the email address of your purchase. Then you return to where you were.

sent-title = Check your email
sent-lead = If { $email } has purchases here, a sign-in link will arrive in a moment. It is valid until { $hour }.
sent-lead-later = If { $email } has purchases here, a sign-in link will be sent after { $at }, because another email went there shortly before. It is valid until { $hour }.
sent-open = Open the email on this device and press the button, or enter the code from it below.
sent-ended = The link sent to { $email } has expired. Request a new one below.
sent-code = 8-character code
sent-code-help = For example ABCD-2345. Capital or small letters both work.
sent-code-send = Sign in with the code
sent-help-title = Nothing arrived?
sent-help-wait = It can take up to two minutes.
sent-help-spam = Check your spam and promotions folders. The sender is { $sender }.
sent-help-address = Check that this is the email address of your purchase.
sent-other-address = Use another email address
sent-correct = Correct the email address
sent-resend = Send again
sent-resend-waiting = Send again in {"{seconds}"} s

code-title = Sign in with a code
code-lead = The code is in the email with the sign-in link. It works in any browser.
code-email = Email address that received the code
code-empty = Enter the code from the email.
code-wrong = This code is not right. { $tries ->
    [one] You have { $tries } try left.
   *[other] You have { $tries } tries left.
}
code-ended = This code is no longer valid: it has expired, or there were too many attempts. Request a new link: it comes with a new code.
code-ask-new = Request a new link

link-title = Sign in to My purchases
link-as = Sign in as { $email }
link-until = This link is valid until { $hour } and works once.
link-continue = Continue
link-not-you = If this is not your email address, close this page. Nothing will happen.
link-expired-title = This link has expired
link-expired = For your safety, a sign-in link is valid for a short time only. Request a new one: it leads to the same place.
link-used-title = This link is no longer valid
link-used = For your safety, each sign-in link works only once, and ends when the email of the account changes. Request a new one: it leads to the same place.
link-inside = You are already signed in as { $email } in this browser: for the purchases of this address you need no link.
link-to-home = View my purchases
link-resend = Send a new link
link-invalid-title = This link is not complete
link-invalid = Some email programs cut long addresses. Copy the whole address from the email, or request a new link.
link-to-sign-in = Go to sign in

order-link-title = View your order
order-link-lead = To protect your data, we send a sign-in link to the email address of the purchase.
order-link-product = Product
order-link-producer = Sold by
order-link-email = Email address of the purchase
order-link-send = Send link to { $email }
order-link-not-yours = Not your address? Contact the seller.

## Home

home-title = My purchases
home-using = Purchases made with { $email }
home-find = Search and filter
home-search = Search
home-search-help = Product or order code
home-status = Status
home-status-any = All
home-filter = Filter
home-clear = Clear filter
home-subscriptions = Subscriptions
home-purchases = Purchases
home-empty-title = We found no purchases for this email address
home-empty = You are signed in as { $email }. People sometimes buy with another address: look for the purchase confirmation in your inbox and see which address it was sent to.
home-empty-other = Sign in with another email address
home-nothing-title = Nothing matches this filter
home-nothing = No order matches the search. Try another word or clear the filter.
home-next = Show more orders
home-manage = Manage
home-manage-of = Manage { $plan }
home-open = Open content
home-open-of = Open content of { $title }
home-bought = Bought on { $date }
home-refundable = Refund until { $deadline }
home-next-charge = Next charge on { $date }: { $price }
home-next-charge-card = Next charge on { $date }: { $price } on { $card }
home-overdue = Charge of { $price } overdue since { $date }
home-open-charge = Charge of { $price } open, due on { $date }
home-next-untold = Charge of { $price } expected on { $date }, not confirmed yet
home-access-until = Access until { $date }. The renewal is cancelled.

alert-title = Needs your attention
alert-past-due = { $title }: { $amount } overdue.
alert-past-due-untold = { $title }: payment overdue.
alert-installment-late = { $title }: an instalment of { $amount } is overdue.
alert-refund-failed = The refund for { $title } was returned by the bank. The seller has been told.
alert-payment-pending = { $title }: not paid yet.
alert-to-pay = { $title }: { $amount } still to pay ({ $method }).
alert-access-ends = Your access to { $title } ends { $deadline }.
alert-erasure = You asked us to erase your data: this happens after { $due }, and all access ends. Until then you can change your mind.
alert-see-order = View order
alert-see-subscription = View subscription
pay-amount = Pay { $amount }
pay-amount-pix = Pay { $amount } with Pix

## Order

order-title = Order { $code }
order-code = Order code
order-copy-code = Copy code
order-open = Open content
order-open-of = Open content of { $item }
order-pay-boleto = Open the boleto
order-pay-pix = Pay with Pix
order-pay = Pay now
order-track = Track refund
order-payee-page = Say where the money goes
order-bought-at = Bought on { $date }

access-title = Access
access-confirmed-today = Access confirmed at { $hour }
access-confirmed = Access confirmed on { $moment }
access-until = until { $date }
access-sending = Granting your access. It usually takes less than a minute.
access-delayed = Your access is taking longer than usual. We keep trying, most recently at { $hour }. You do not need to do anything.
access-none = No access
access-after-payment = You get access after payment.
access-not-managed = { $producer } gives you access.
access-ending = Your access is ending.
access-removed = Access ended on { $moment }

payment-title = Payment
payment-method = Payment method
payment-card-only = Card
payment-card = { $brand } ending in { $last4 }
payment-card-expiry = expires { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Another payment method
payment-paid-at = Paid on
payment-last-paid-at = Last paid on
payment-free = This order was free of charge.
payment-not-yet = Not paid yet
payment-trial = Nothing yet: you are in the trial period
payment-charges = Charges
payment-charge-date = Date
payment-charge-amount = Amount
payment-charge-status = Status
payment-installments = in { $count } card instalments
payment-due = Pay by { $date }
payment-code = Payment code
payment-code-copy = Copy payment code
payment-at = Pay at { $host }
payment-ask = { $producer } takes this payment. To pay, write to them and mention the code { $code }.

items-title = Items
items-item = Item
items-amount = Amount
items-bump = added at purchase
items-total = Total
items-refunded = Refunded or on its way

subscription-title = Subscription
subscription-plan = Plan
subscription-price = Price
subscription-every = { $price } { $unit ->
    [day] { $count ->
        [one] a day
       *[other] every { $count } days
    }
    [week] { $count ->
        [one] a week
       *[other] every { $count } weeks
    }
    [year] { $count ->
        [one] a year
       *[other] every { $count } years
    }
   *[month] { $count ->
        [one] a month
       *[other] every { $count } months
    }
}
subscription-next = Next charge
subscription-overdue = Overdue since
subscription-past-due = The last payment did not go through. Change the card or pay another way to keep your access.
subscription-past-due-card = The last payment did not go through. Enter another card to keep your access: what is due is charged to it at once.
subscription-past-due-by-producer = { $producer } collects this payment and told us that it did not go through. To pay it or to use another card, contact them.
installment-late = Instalment overdue
payment-pay-open = Pay amount due
payment-receipt-of = Receipt, { $date }
payment-period = { $from } to { $until }
subscription-period-start = Current period since
subscription-no-next = You will not be charged again
subscription-next-canceled = None: the renewal is cancelled
subscription-period-end = Paid until
subscription-trial-start = Trial since
subscription-trial-end = Trial until
subscription-canceled = Cancelled on

refund-title = Refund
refund-open = You can change your mind and get { $amount } back until { $deadline }. You do not need to give a reason.
refund-ask = Request a refund
refund-closed = The refund deadline was { $deadline }.
refund-closed-help = { $producer } can still approve a refund after the deadline.
refund-ask-late = Ask the seller for a refund
refund-charge-untold = A refund is not possible here yet: the seller's payment system has told us that this was paid, but not by which payment. As soon as it does, the button appears here. Until then, please contact the seller.
refund-free = Free of charge: there is nothing to refund.
refund-not-paid = This order has not been paid. There is nothing to refund.
refund-nothing-left = This order has been refunded in full, or the refund is on its way.
refund-under-way = A refund is under review or in progress. When it is complete you can request another one, if there is still time.
refund-disputed = You disputed this purchase with your bank. The bank now decides and will tell you. Until then, no refund can be made here.
refund-past = Refunds of this order

timeline-title = History
timeline-ordered = Order placed
timeline-free = Order confirmed, free of charge
timeline-paid = Payment confirmed
timeline-access-sent = Access sent to the member area
timeline-access-confirmed = Access granted
timeline-access-removed = Access ended
timeline-access-given-back = Access is back, because the refund was not completed
timeline-refund-requested = Refund requested: reference { $protocol }
timeline-refund-given = Refund given by the seller: reference { $protocol }
timeline-refund-sent = Refund sent to your bank: reference { $protocol }
timeline-refund-settled = Refund complete: reference { $protocol }
timeline-refund-failed = The bank did not complete the refund: reference { $protocol }
timeline-subscription-canceled = Subscription cancelled
timeline-subscription-undo = Cancellation undone
timeline-plan-change = Plan changed
timeline-plan-goes-back = The payment for the plan change came too late and is being refunded
timeline-plan-returned = Payment for the plan change refunded
timeline-plan-not-returned = The bank did not complete the refund: the seller has been told
timeline-plan-schedule = Plan change scheduled
timeline-billing-paid = Payment received
timeline-billing-failed = A payment was not received
timeline-document-billing = Document details corrected
timeline-mail = Email sent
timeline-mail-purchase = Purchase email sent
timeline-mail-refund-requested = Email sent: refund request received
timeline-mail-refund-given = Email sent: refund given by the seller
timeline-mail-order-access = Email sent: access details
timeline-mail-refund-asked = Email sent: refund request received
timeline-mail-refund-sent = Email sent: refund on its way
timeline-mail-refund-payee-needed = Email sent: your bank details are needed for the refund
timeline-mail-refund-payee-page = Email sent: say which account the refund goes to
timeline-mail-plan-paid-back = Email sent: money for another plan comes back
timeline-refund-payee = Bank details given for the refund
timeline-mail-refund-settled = Email sent: refund completed
timeline-mail-refund-failed = Email sent: problem with the refund
timeline-mail-access-expiring = Email sent: access ends soon
timeline-mail-access-expired = Email sent: access has ended
timeline-refund-declined = Refund declined by the seller: reference { $protocol }
timeline-refund-withdrawn = Refund request withdrawn: reference { $protocol }
timeline-subscription-stay = You accepted an offer instead of cancelling
timeline-subscription-end = Subscription ended
timeline-card-change = Card changed
timeline-payment-change = Payment method changed
timeline-plan-ask = Plan change requested
timeline-plan-declined = Plan change not paid: the plan stays as it was
timeline-plan-undo = Plan change undone
timeline-billing-wait = Boleto or Pix issued
timeline-billing-void = An open charge is no longer owed
timeline-billing-resume = Pause ended: the subscription continues
timeline-billing-paid-in-vain = A payment arrived that was no longer owed
timeline-billing-paid-twice = A payment arrived for something already paid
timeline-mail-refund-approved = Email sent: refund approved by the seller
timeline-mail-refund-declined = Email sent: refund declined by the seller
timeline-mail-refund-withdrawn = Email sent: refund request withdrawn
timeline-mail-plan-changed = Email sent: plan changed
timeline-mail-plan-scheduled = Email sent: plan change scheduled
timeline-mail-plan-undone = Email sent: plan change undone
timeline-mail-card-changed = Email sent: card changed
timeline-mail-card-expiring = Email sent: card expires soon
timeline-mail-method-changed = Email sent: payment method changed
timeline-mail-charge-failed = Email sent: a charge did not go through
timeline-mail-charge-recovered = Email sent: the charge was paid
timeline-mail-renewal-ahead = Email sent: the next charge
timeline-mail-surplus = Email sent: an extra payment arrived
timeline-mail-slip-issued = Email sent: boleto or Pix to pay
timeline-mail-canceled = Email sent: subscription cancelled
timeline-mail-cancel-undone = Email sent: cancellation undone
timeline-mail-subscription-ended = Email sent: subscription ended

help-title = Help
help-text = Questions about the content or this order? Contact { $producer } and mention the code { $code }.

legal-privacy = Privacy notice
legal-terms = Terms of sale

contact-phone = Phone:
contact-page = Help page
contact-hours = Opening hours: { $hours }

## Account

account-title = My account
account-profile = Your details
account-name = Name
account-phone = Phone
account-tax-id = CPF or CNPJ
account-tax-id-documents = CPF or CNPJ on order documents
account-none = not given in the account
account-change = Change details
account-email = Email address
account-email-change = Change email address
account-language-help = Used for pages on every device, and for emails.
back-to-account = Back to my account

profile-title = Change details
profile-save = Save
profile-name-wrong = Enter a name of up to 200 characters.
profile-phone-help = With area code. Optional.
profile-phone-wrong = Enter the phone number with its area code, for example (11) 99999-0001.
profile-tax-id-help = Optional. Pages show only part of it.
profile-tax-id-kept = We have { $masked }. Leave empty to keep it.
profile-tax-id-forget = Remove the CPF or CNPJ we have
profile-tax-id-wrong = This CPF or CNPJ is not valid. Check whether a digit is missing or added.

email-title = Change email address
email-lead = You currently use { $email }. We will send a link to the new address. Once you confirm, your orders and access move to it.
email-new = New email address
email-help = We will also tell your current address.
email-send = Send confirmation link
email-same = You already use this address. Enter another one.
email-waiting = We sent a link to { $email }. Open it by { $until } to confirm.
email-see = See the email change
email-withdraw = Cancel the change
email-confirm-title = Confirm new email address
email-confirm-lead = Use { $to } instead of { $from }?
email-confirm-effect = Orders and access move to the new address. If it already has purchases here, everything is kept together. Anyone signed in has to sign in again.
email-confirm = Confirm change
email-confirm-not-you = If you did not request this, close this page. Nothing will happen.
email-changed-title = Email address changed
email-changed = Your orders are now at the new address. Sign in with it to continue.
email-ended-title = This link is no longer valid
email-ended = It has been used, replaced by a newer one, or has expired. Sign in to your account to see which email address is in use and, if necessary, request the change again.
email-invalid = Copy the whole address from the email, or request the change again in your account.

sessions-title = Signed-in devices
sessions-help = Browsers in which your account is currently open. End any you do not recognise.
sessions-line = Network { $address } · signed in { $since } · last seen { $seen }
sessions-this = This device
sessions-unknown = Unknown browser
sessions-end = End
sessions-end-of = End { $browser } on network { $address }
sessions-end-all = Sign out everywhere

papers-title = Receipts by year
papers-help = All receipts and credit notes of a year as PDFs, in one file.
papers-file = receipts
document-file-receipt = receipt
document-file-credit = credit-note
papers-year = Download { $year } (ZIP)

data-title = My data
data-help = You can download a copy of everything we know about you, or ask us to erase it.
data-download = Download my data (JSON)
data-erase = Erase my data

erasure-title = Erase my data
erasure-lead = This request covers everything linked to { $email }.
erasure-goes = What we erase
erasure-goes-name = Name, email address, phone number and CPF or CNPJ of your account. You will no longer be able to sign in.
erasure-goes-access = Your access to what you bought ends, and the member area is told.
erasure-goes-traces = Signed-in devices, links, network addresses, cards and what you wrote to sellers.
erasure-kept = What the law requires us to keep
erasure-kept-sales = The record of your purchases (what was sold, amount, date, name and CPF or CNPJ of the purchase) is kept until { $day }: 5 years after the last sale, as tax law requires.
erasure-before = Before you ask, check whether any money is due back to you, and download your receipts: once the data is erased, this cannot be done here.
erasure-days = We erase your data 7 days after the request. Until then you can cancel the request. A new purchase with this email address also cancels it.
erasure-ask = Ask to erase my data
erasure-asked-at = Requested on
erasure-waiting-title = Request received
erasure-waiting = We will erase your data after { $due }. Until then you can cancel the request.
erasure-undo = Do not erase my data
erasure-open = This has to be settled first
erasure-open-refund = A refund for order { $code } is in progress.
erasure-open-subscription = The subscription of order { $code } has not ended.
erasure-open-payment = A payment for order { $code } is still open.
erasure-open-installments = The instalments of order { $code } are not all paid yet. We need your data to collect them; ask again when the last one is paid.
erasure-open-dispute = Order { $code } is disputed with the bank.

## Documents

documents-title = Documents
documents-receipt = Receipt for { $amount }, paid on { $date }
documents-credit = Credit note for { $amount }, { $date }
documents-terms = Order terms at purchase
document-receipt = Payment receipt
document-receipt-note = This receipt confirms the payment below. It is not a tax invoice: where one is due, the seller issues it.
document-credit = Credit note
document-credit-note = This document confirms that the amount below was refunded. It is not a tax invoice.
document-credit-note-sent = This document confirms that the amount below was sent to the bank as a refund. It is not a tax invoice.
document-producer = Sold by
document-producer-legal = Registered name
document-producer-cnpj = Seller's CNPJ
document-producer-cpf = Seller's CPF
document-producer-address = Seller's address
document-buyer = Buyer
document-email = Email
document-ordered-at = Order date
document-paid-at = Paid on
document-sent-at = Sent to the bank on
document-returned-at = Refunded on
document-reference = Payment reference
document-period = Period
document-taken-off = Credit, discount or days not charged
document-paid = Amount paid
document-returned = Amount refunded
document-made = Issued by Aftersale on { $moment }. Dates and times in { $zone }.
document-pdf = Download PDF
document-print = To print, use your browser's print command: only the document is printed.
terms-title = What was sold
terms-lead = Product, offer, price and refund period as they were at the time of purchase. Later changes are in the order history.
terms-installments = Payable in
terms-installments-count = { $count } monthly instalments
terms-window = Refund on request
terms-window-days = { $count ->
    [one] within { $count } day of the payment or, if later, of the first access
   *[other] within { $count } days of the payment or, if later, of the first access
}
terms-window-of = { $count ->
    [one] refund on request within { $count } day
   *[other] refund on request within { $count } days
}
billing-title = Document details
billing-change = Correct name, CPF or address
billing-lead = What you enter here appears on the receipts for this order from now on.
billing-name = Name or company
billing-address = Address
billing-address-help = On one line. Optional.
billing-address-wrong = Enter the address on one line, up to 200 characters.
## Subscription

subscription-actions = What you can do
subscription-manage = Manage subscription
subscription-order = View order { $code }
subscription-card = Change card
subscription-method = Change how you pay
subscription-plan-change = Change plan
subscription-cancel = Cancel renewal
subscription-next-amount = { $date }: { $amount }
subscription-next-discount = { $date }: { $amount }, with { $percent }% off
subscription-next-after-overdue = Once the overdue amount is paid
subscription-next-after-open = Once the open amount is paid
subscription-next-untold = Expected on { $date }: { $amount }, not confirmed yet
subscription-to-pay = { $amount } still to pay ({ $method })
subscription-overdue-since = { $amount } overdue since { $date }
subscription-overdue-amount = { $amount } overdue
subscription-overdue-tries =
    { $count ->
        [one] We will try again on { $dates }.
       *[other] We will try again on these days: { $dates }.
    }
subscription-overdue-access = Without payment, your access lasts until { $date }.

refusal-installments = The instalments are the price of what you bought, divided, so the remaining ones cannot be cancelled on their own. Before the refund deadline you can return everything and get your money back.
refusal-ending = The renewal is already cancelled. Your access lasts until { $date }.
refusal-ended = This subscription has ended.
refusal-producer = The seller does not offer this change here. If you need it, please contact them.
refusal-gateway = The seller's payment provider does not allow this change here. If you need it, please contact the seller.

installments-title = Instalments
installment-title = Instalment
installment-next = Next instalment: { $date }, { $amount }.
installment-next-left = Next instalment on { $date }: { $amount }. { $left } left to pay.
installments-chip = Up to date · { $paid } of { $count }
installments-chip-untold = In instalments
installment-number = { $number } of { $count }
installment-summary = { $paid } of { $count } instalments paid. { $left } left to pay.
installment-ahead = Upcoming
installment-open = Open
installment-overdue = Overdue
installment-void = Will not be charged

## Cancelling a subscription

cancel-title = Cancel renewal
cancel-end-title = End subscription
cancel-access-until = You have access until
cancel-access-ends = Your access ends
cancel-access-ended = Your access ended
cancel-now = As soon as you confirm
cancel-why = Why
cancel-why-overdue = A payment is overdue, and the access it covers has not been paid for.
cancel-why-producer = This subscription ends immediately when it is cancelled.
cancel-why-unpaid = No period after today has been paid for.
cancel-charges = Charges
cancel-no-charges = You will not be charged again.
cancel-charges-being-told = We are telling the payment service that charges you to stop. This finishes by itself: you do not have to do anything.
cancel-charges-by-producer = { $producer } collects the payments and ends them: we tell them immediately and remind them. If you are charged all the same, contact them with the reference number.
cancel-overdue = Overdue
cancel-owed = { $amount }: we will no longer try to charge this.
cancel-owed-by-producer = { $amount }: { $producer } ends the charges, and may still try this one until then.
cancel-regret = If you change your mind
cancel-undo-until = You can undo this until { $date }.
cancel-go-on = Continue with cancellation
cancel-keep = Keep subscription
cancel-back = Back to the subscription
cancel-refund-title = Would you rather have your money back?
cancel-refund = You are still within the refund period: you can withdraw now and get { $amount } back, until { $deadline }. Your access then ends immediately.
cancel-refund-by-hand = You are still within the refund period: you can withdraw now and get { $amount } back, until { $deadline }. { $producer } refunds you, and your access ends when that is done.
cancel-refund-ask = Withdraw and get { $amount } back
cancel-reason-title = Would you like to tell us why?
cancel-reason-lead = This is optional. You can cancel without answering.
cancel-reason-legend = Reason
cancel-comment-open = Write something
cancel-comment = What you want to tell the seller
cancel-message-empty = Write your message before sending it.
cancel-sum = You have access until { $date } and will not be charged again.
cancel-sum-by-producer = You have access until { $date }. { $producer } ends the charges: we tell them immediately.
cancel-sum-now = Your access ends immediately and you will not be charged again.
cancel-sum-now-by-producer = Your access ends immediately. { $producer } ends the charges: we tell them immediately.
cancel-confirm = Cancel renewal
cancel-end-now = End subscription now
cancel-confirm-no = No, cancel renewal
cancel-end-no = No, end it now
cancel-done-title = Renewal cancelled
cancel-ended-title = Subscription ended
cancel-undone-title = Cancellation undone
cancel-undone-lead = Your subscription continues as before.
cancel-undone-lead-by-producer = Your subscription continues. { $producer } collects the payments and has been told.
cancel-receipt-lead = We have also emailed a confirmation to { $email }.
cancel-asked = Requested on
cancel-until = Renewal cancelled: access until { $date }
cancel-ended = Subscription ended on { $date }
cancel-number = Reference number { $protocol }
cancel-undo = Undo cancellation
cancel-refused-title = That was not possible
cancel-other-request = This form has already been used for another subscription. Open the cancellation page again to continue.
cancel-offer-gone = This offer is no longer available. Nothing has changed in your subscription.
cancel-undo-late = The subscription has ended, and the cancellation can no longer be undone. To return, buy again or contact the seller.
cancel-undo-ended = The seller's payment provider has already ended the charges. To return, please contact the seller.

reason-too-expensive = It is too expensive for me
reason-no-time = I do not have time
reason-not-as-expected = It is not what I expected
reason-not-using = I am not using it
reason-technical-problem = I had a technical problem
reason-other = Another reason

offer-discount = How about { $percent }% off? { $count ->
    [one] The next charge is { $price }; after that the usual price applies.
   *[other] The next { $count } charges are { $price }; after that the usual price applies.
}
offer-discount-take = Take { $percent }% off
offer-pause = How about a pause? From { $from } to { $until } you pay nothing and have no access. After that the subscription continues by itself.
offer-pause-take = Pause until { $until }
offer-plan = There is a cheaper plan: { $plan }, { $price }.
offer-plan-take = See the { $plan } plan
offer-message = Would you rather talk first? Write to { $producer } below. You get the answer by email, and your subscription stays as it is.
offer-message-take = Send message to { $producer }

stay-discount = { $count ->
    [one] You took { $percent }% off the next charge.
   *[other] You took { $percent }% off { $count } charges.
}
stay-pause = Pause from { $from } to { $until }: no charges and no access during that time.
stay-message = Your message was sent on { $moment }. You get the answer by email.

## Refund

choose-title = Request a refund
choose-lead = Choose what you want refunded. The next screen shows the amount before you confirm.
choose-items = Items in this order
choose-none = Choose at least one item.
choose-gone = { $name } has been refunded, or the refund is on its way
choose-closed = { $name } (refund period over)
choose-next = See amount

preview-title = Check before you request
preview-amount = You get back
preview-items = Items
preview-method = How you get it
preview-method-card = to the card used for the purchase
preview-method-this-card = to the { $card }, the card used for the purchase
preview-method-pix = by Pix, to the account that paid
preview-method-boleto = by bank transfer, to the account you specify
preview-method-boleto-by-hand = by bank transfer, to an account that you agree on with { $producer }
preview-method-part = { $amount }: { $way } (paid on { $date })
preview-method-other = the way you paid
preview-when = When
preview-when-by-hand = { $producer } refunds you from their own payment system. We tell them as soon as you request it, and remind them after 3 and after 7 days.
preview-days = The transfer usually takes { $least } to { $most } days.
preview-days-card = Your bank usually takes { $least } to { $most } days: the amount appears on your next statement or the one after.
preview-days-pix = { $most ->
    [0] On the same day.
    [one] Within { $most } working day.
   *[other] Within { $most } working days.
}
preview-access = Access
preview-access-lost = Ends as soon as you request the refund: { $items }.
preview-access-lost-by-hand = Continues until the money is refunded, and ends then: { $items }.
preview-access-kept = Continues, because another purchase of yours includes it: { $items }.
preview-subscription = Subscription
preview-cancels = The subscription is cancelled and you will not be charged again.
preview-cancels-by-hand = It continues until the money is refunded, and ends then. { $producer } ends the charges.
preview-installments = Instalments
preview-stops-installments = The remaining instalments are not charged.
preview-stops-installments-by-hand = { $producer } stops the remaining instalments when they refund you.
preview-until = Deadline
preview-until-text = You can request it until { $deadline }. You do not need to give a reason.
preview-confirm = Request refund of { $amount }
preview-keep = Keep purchase

payee-title = Account for the refund
payee-lead = You paid by boleto, so the bank needs to know where to send the money. We keep this confidential and delete it once the money has arrived.
payee-holder = Account holder's name
payee-tax-id = Account holder's CPF or CNPJ
payee-pix-key = Pix key
payee-pix-key-help = CPF, CNPJ, email, phone with +55 or random key.
payee-bank-open = No Pix key: enter a bank account
payee-bank = Bank code
payee-bank-help = Three digits, such as 341.
payee-branch = Branch
payee-branch-help = Without the check digit.
payee-account = Account
payee-digit = Account check digit
payee-save = Send account details
payee-both = Fill in the Pix key or the bank details, not both.
payee-neither = Fill in the Pix key or the bank details.
payee-holder-wrong = Enter the account holder's name, up to 200 characters.
payee-tax-id-wrong = Check the account holder's CPF or CNPJ.
payee-pix-key-wrong = Check the Pix key. A phone number begins with +55.
payee-bank-wrong = The bank code has three digits.
payee-branch-wrong = The branch has one to five digits, without its check digit.
payee-account-wrong = The account has one to thirteen digits, without its check digit.
payee-digit-wrong = The account check digit is a digit or X.
payee-page-title = Say where the money goes
payee-page-lead = You paid by boleto, so the money needs a bank account to go to. The payment company of { $producer } asks you for it on a page of its own, at { $host }. We do not see what you enter there. Until you have done it, the money waits.
payee-page-go = Say where { $amount } goes
payee-page-unknown = You paid by boleto, so the money needs a bank account to go to. The payment company of { $producer } asks you for it on a page of its own, whose address we do not have yet. If it is not here tomorrow, ask { $producer } for it.

ask-title = Request a refund after the deadline
ask-closed = The refund deadline for { $items } has passed.
ask-lead = { $producer } can still approve it: write what happened.
ask-message = Message to { $producer }
ask-message-help = Up to 2,000 characters. { $producer } receives this message by email and answers here.
ask-message-empty = Write a message.
ask-message-long = The message has more than 2,000 characters. Please shorten it.
ask-amount = Amount that can be refunded
ask-answer-by = { $producer } has until { $deadline } to answer. Until then nothing changes about your access.
ask-send = Send refund request
ask-or-write = Just have a question for { $producer }? Send an email. That does not request a refund.

receipt-request-title = Request sent to the seller
receipt-withdraw = Withdraw request
receipt-title = Refund requested
receipt-sent-title = Refund sent to your bank
receipt-payee-page-title = Your refund waits for an account
receipt-settled-title = Refund complete
receipt-failed-title = The bank did not complete the refund
receipt-declined-title = { $producer } did not approve the refund
receipt-withdrawn-title = Refund request withdrawn
receipt-lead-given = The seller gave this refund. We have also emailed a confirmation to { $email }.
receipt-lead = We have received your request. We have also emailed a confirmation to { $email }.
receipt-protocol = Reference number
receipt-amount = Amount
receipt-back = Refunded or on its way
receipt-copy = Copy reference number
receipt-steps = Progress

step-given = { $producer } gave this refund
step-requested = Request received
step-requested-text = Your request was accepted.
step-asked-text = Your message was sent.
step-asked = Answer from { $producer }
step-asked-wait = { $producer } has until { $deadline } to answer. We will email you the answer.
step-asked-late = { $producer } had until { $deadline } to answer and has not done so. Your request stays open. You can also contact { $producer } directly and mention the reference number.
step-answer-reason = The seller's answer
step-sent = Sending to your bank
step-sent-next = Next, we send it to your bank. That usually takes a few minutes.
step-sent-asking = We are sending it to your bank now.
step-sent-waiting = The bank has not given a clear answer. We are checking before we try again, so that nothing is refunded twice. It finishes by itself, and we send you an e-mail.
step-sent-payee = We are waiting for your account details. As soon as you send them, we continue.
step-sent-payee-page = It waits until you have said which account it goes to. After that, it can take a few hours until we hear of it.
step-sent-by-hand = { $producer } refunds you from their own payment system, and was told so on { $date }. We remind them after 3 and after 7 days. Until it is done, the refund does not change your access.
step-sent-by-hand-next = { $producer } refunds you from their own payment system. We are telling them now.
step-sent-by-hand-late = { $producer } was told on { $date } to refund you, and was reminded twice. We have not heard that it is done. Contact them and mention the reference number. Until it is done, the refund does not change your access.
step-by-hand = Refund by { $producer }
step-failed-part-text = { $back } was refunded to you or is on its way. { $failed } was returned by the bank and did not reach you. { $producer } has been told, and you can request the rest again.
step-settled = Refund complete
step-settled-ahead = Credited to you
step-settled-next = After it is sent, your bank usually takes a few days to show the money.
step-settled-done = The refund is complete. On a card it may only show on your next statement.
step-failed = Not completed by the bank
step-failed-text = The money was returned by the bank and did not reach you. { $producer } has been told. If you like, contact them with the reference number.
step-declined = Not approved
step-declined-text = The seller did not approve this request. If you have questions, contact them with the reference number.
step-withdrawn = Withdrawn
step-withdrawn-text = You withdrew this request.

answer-title = Refund request after the deadline
answer-buyer = Buyer
answer-order = Order
answer-by = Answer by
answer-message = Message from the buyer
answer-approve = Approve and refund { $amount }
answer-link-invalid = Copy the whole address from the email. If the request was answered already, there is nothing left to do.
answer-approve-help = The money goes back to the buyer, and the access that was given here ends. This cannot be undone.
answer-approve-help-by-hand = This portal cannot refund this money: you do it in your own payment system. Access ends when it is reported as refunded. An approval cannot be undone.
answer-reason = Reason for declining
answer-reason-help = Optional. The buyer reads this text.
answer-reason-invalid = Write one line of up to 200 characters.
answer-decline = Do not approve
answer-nothing-left = There is nothing left to refund: it has already gone back to the buyer, or is no longer part of this payment. Nothing was sent.
answer-disputed = The buyer has disputed this purchase with their bank. The bank now decides, so nothing was sent.

refused-title = The refund was not requested
refused-other-request = This form has already been used for another request. Open the refund page again to continue.
refused-unknown-item = One of the chosen items cannot be refunded. Choose again.
refused-again = Choose again

## Plan change

change-title = Change plan
change-current = Your plan today: { $plan }, { $price }.
change-choose = Choose the new plan
change-no-answer = The payment service is not answering right now. Nothing was changed or charged: try again in a few minutes.
change-choose-none = Choose one of the plans in the list.
change-see = See amounts
change-counting = Working out the amounts…
change-tag-now = today
change-tag-at = on { $date }
change-unavailable = Not available now
change-unknown = The seller has not opened this plan yet.
change-other-currency = The price of this plan is in another currency.
change-not-a-plan = It is a one-off purchase, not a subscription.
change-gateway = The seller's payment system does not change to this plan. Contact the seller.
change-closed = The seller does not allow a change to this plan here.
change-scheduled-title = Plan change scheduled
change-scheduled-words = From { $date } your plan will be { $plan }, for { $price }.
change-undo = Undo the change

change-refused-kind = This order is not a subscription, so there is no plan to change.
change-refused-ended = This subscription has ended. To return, contact { $producer }.
change-refused-ending = This subscription has been cancelled and ends on { $date }. To change plan, undo the cancellation first.
change-refused-past-due = A payment is overdue. Pay it first, then change plan.
change-refused-paused = This subscription is paused, or will be when the paid period ends. You can change plan when it resumes.
change-refused-not-paid = The first payment has not been confirmed yet. After that you can change plan.
change-refused-disputed = A charge is disputed with the bank. Until the bank decides, the plan stays as it is.
change-refused-refund = There is a refund for this order. Until it is over, the plan stays as it is.
change-refused-renewing = The renewal is being charged right now. Come back in a few minutes.
change-refused-under-way = A plan change is already in progress.
change-refused-producer = { $producer } changes the plan of this subscription. Write to them and say which plan you would like.
change-refused-none = There are no other plans for this subscription. If you are looking for one, contact { $producer }.
change-follow = Track the change

change-quote-title = Check before you change
change-quote-over = These amounts no longer apply. See the current amounts before you change.
change-quote-forgotten-title = These amounts no longer apply
change-quote-forgotten = The amounts of a plan change apply for a short time. Nothing was charged. Choose the plan again to see the current amounts.
change-quote-fresh = The earlier amounts no longer applied, and nothing was charged. These are the current amounts.
change-due = Due now
change-line = Item
change-lines = How we calculate the amount
change-credit = Unused credit from { $plan }
change-until = { $plan } until { $date }
change-days = { $days ->
    [one] Credit that becomes { $days } more day of the plan
   *[other] Credit that becomes { $days } more days of the plan
}
change-begins-now = { $plan } starts as soon as you confirm.
change-begins-trial = { $plan } starts as soon as you confirm. You are in your trial period: nothing is charged now, and the trial ends on the same day.
change-begins-at = { $plan } starts on { $date }. Until then you keep { $old } and can undo the change.
change-then = After that: { $price }, from { $date }.
change-ends-discount = Your { $percent }% discount belongs to { $old } and ends with the change.
change-replaces = This change replaces the one already scheduled, to { $plan }.
change-installments = Number of instalments
change-installments-help = The instalments end before the next renewal.
change-at-once = in full, { $amount }
change-in-installments = { $count } x { $amount }, interest-free
change-in-installments-first = 1 x { $first } + { $count } x { $amount }, interest-free
change-consent = I authorise the charge of { $amount } now: { $method }.
change-consent-missing = To change now, tick the box to authorise the charge.
change-expires = These amounts apply until { $hour }.
change-pay = Pay { $amount } and change
change-now = Change now
change-at = Schedule change for { $date }
change-keep = Keep current plan
change-other = Choose another plan
change-renew = See current amounts

change-done-title = Plan changed
change-done-paid = Your plan is now { $plan }. We charged { $amount }: { $method }. We have also emailed you the details.
change-done = Your plan is now { $plan }, for { $price }. Nothing was charged for the change. We have also emailed you the details.
change-scheduled = From { $date } your plan will be { $plan }, for { $price }. Until then nothing changes, and you can undo this. We have also emailed you the details.
change-charging-title = Processing your payment
change-charging = We are processing your payment of { $amount }: { $method }. It usually takes a few seconds. The plan changes only after the payment, and nothing is charged twice.
change-look-again = Refresh
change-to-pay-title = Pay to change plan
change-to-pay = Your plan changes as soon as { $amount } is paid. Until then everything stays as it is, and you can come back to this page.
change-asking-title = Checking your payment
change-asking = We are checking your payment of { $amount } with the bank. It usually takes a few seconds, and nothing is charged twice. This page refreshes by itself.
change-asking-bank = Did you not confirm? Back to the bank's page
change-waiting-title = Please confirm the payment
change-waiting = To charge { $amount }, your bank needs you to confirm on its page. The plan changes only after the payment.
change-go-to-bank = Confirm payment
change-declined-title = The plan was not changed
change-declined = Nothing was charged. You keep { $old }.
change-swap-card = Use another card
change-again = See plans
change-undone-title = Change undone
change-undone = You keep { $old }. Nothing was charged. We have also emailed you the details.
change-replaced-title = This change no longer applies
change-replaced = You scheduled another change after this one.
change-returning-title = Your money is being refunded
change-returning = The payment arrived when this change could no longer be made. We are refunding { $amount }: { $method }.
change-not-returned-title = The bank did not complete the refund
change-not-returned = The payment arrived when this change could no longer be made, and the bank did not complete the refund of { $amount }. The seller has been told and will refund it another way. Questions: { $contact }.
change-returned = The payment arrived when this change could no longer be made. We refunded { $amount }: { $method }.
## Card and ways to pay

payment-change = Change card or payment method
card-title = Card and payment
card-plan = { $title }, from { $producer }
card-owed = Amount due
card-owed-since = The charge dates from { $date }.
card-owed-access = You have access until { $deadline }. Pay before then to keep it.
card-on-file = In use now
card-expiry = Expiry
card-swap = Change card
card-enter = Use a card
card-swap-help = You enter the card on the payment provider's secure page and return here. We never see the number.
card-swap-pay = Pay { $amount } with another card
card-swap-pay-help = This amount is overdue. You pay it with the other card on the payment provider's secure page; from then on, that card is charged. We never see the number.
card-swap-owed = As soon as the card is saved, we charge { $amount } to it and show you the result.
card-swap-open = As soon as the card is saved, we charge { $amount } to it. Do not pay the code above after that; if you have paid it, wait for the confirmation before you change the card.
card-once-open = While this code is valid, we do not charge { $before }. Later charges stay as they are.
card-open-looks = This page refreshes by itself when the payment arrives.
card-tried-paid = Nothing is due any more.
card-tried-declined = We tried again, and the payment did not go through.
card-tried-asking = We are checking the payment with the bank. It usually takes a few seconds, and nothing is charged twice. This page refreshes by itself.
card-tried-unknown = The payment system has not given a clear answer yet. We keep checking, and nothing is charged twice.
card-pay-again = Try this card again: { $amount }
card-pay-boleto = Get a boleto for { $amount }
card-pay-pix = Get a Pix for { $amount }
card-pay-once = Pay { $amount } by Pix, just this time
card-pay-once-help = The Pix code appears next. Later charges stay as they are: { $before }.
card-open-boleto = Boleto to pay
card-open-pix = Pix to pay
card-open-again-pix = The previous code expired; here is another one.
card-open-again-boleto = The previous boleto expired; here is another one.
card-open-until = Pay by { $deadline }.
card-open-page-boleto = Open the boleto
card-open-page-pix = Open the Pix page
card-copy-boleto = Copy boleto code
card-copy-pix = Copy Pix code
card-qr = QR code of the Pix
card-methods = Other payment methods
card-to-boleto = Switch to boleto
card-to-boleto-effect = For each charge we email you a boleto, and you pay it by its due date. { $before } is no longer charged.
card-to-boleto-confirm = Pay by boleto from now on
card-to-pix = Switch to Pix
card-to-pix-effect = For each charge we email you a Pix code, and you pay it by its due date. { $before } is no longer charged.
card-to-pix-confirm = Pay by Pix from now on
card-method-owed = The { $amount } that is due is then paid this way: the code is shown next.
card-refused-title = This card cannot be changed here
card-refused-one-off = This purchase was paid in one go. You will not be charged again, so there is no card to change.
card-refused-not-paid = This purchase has not been paid, and the time to pay is over. To buy it, start again on the seller's page or contact { $producer }.
card-refused-slips = This order is paid in instalments by boleto or Pix. It has no card; what is due is shown below and on the order page.
card-refused-ended = This order has ended. You will not be charged again.
card-refused-disputed = You disputed this purchase with your bank. Until the bank decides, nothing is charged and the card stays as it is.
card-refused-gateway = The card for this order is kept by { $producer }'s payment system. To change it, contact { $producer }.
card-refused-policy = To change the card for this order, contact { $producer }.
card-refused-method = This payment method is not available for this order.
card-unavailable-title = The card page did not open
card-unavailable = The payment system did not answer. Nothing has changed. Try again in a moment.
card-other-request = This form has already been used for something else. Open the page again to continue.
card-back = Back to card and payment
swap-open-title = No card saved yet
swap-open = The card page is still open. Continue there to save the card.
swap-open-declined = The card you entered was not accepted. { $reason }
swap-continue = Continue with the card
swap-closed-title = The card was not changed
swap-closed = You returned without saving a card. Everything is as it was.
swap-telling-title = Card saved
swap-telling = The { $card } has been saved. We are telling the payment service to use it from now on. This finishes by itself, and we email you.
swap-saved-title = Card changed
swap-declined-title = Card saved, but the charge did not go through
swap-saved = Future charges go to the { $card }.
swap-paid-code = Do not pay the Pix code or boleto that was open for this charge any more.
swap-paid = We charged { $amount } to the { $card }. The payment went through and nothing is due.
swap-paid-before = The { $card } has been saved. The { $amount } had already been paid before this card was used: nothing is due.
swap-void = The { $card } has been saved. The { $amount } is no longer due, and nothing was charged to this card.
swap-declined = The { $card } has been saved, but the charge of { $amount } did not go through. { $reason }
swap-action = The { $card } has been saved. To charge the amount due, your bank needs you to confirm.
swap-action-link = Confirm with the bank
swap-unknown = The { $card } has been saved. It is not certain yet whether the amount due was paid. We keep checking; nothing is charged twice.
swap-mail = We have also emailed you.
swap-others = Use it for other subscriptions too?
swap-others-help = These are yours, with the same seller. Select those that should use this card.
swap-other-card = { $plan } (now: { $card })
swap-other-changed = { $plan }: already uses this card
swap-others-use = Use for selected
decline-generic = The bank declined without giving a reason. Contact your bank or use another card.
decline-funds = The bank says there are not enough funds. Free up funds or use another card.
decline-expired-card = The card has expired. Use another card.
decline-number = The card number is not correct. Enter it again.
decline-code = The security code is not correct. Enter it again.
decline-processing = The bank did not answer. Try again in a few minutes.
decline-authentication = The payment was not confirmed with the bank. Try again and confirm.
decline-expired = The time to pay is over. Get a new code.

## States

status-pending = Awaiting payment
status-canceled = Cancelled
status-paid = Paid
status-free = Free
status-partly-refunded = Partially refunded
status-disputed = Disputed with the bank
status-refunded = Refunded
charge-pending = Pending
charge-failed = Not paid
charge-paid = Paid
charge-disputed = Disputed
charge-refunded = Refunded
plan-trialing = Trial
plan-active = Active
plan-past-due = Payment overdue
plan-paused = Paused
plan-ending = Cancelled, with access
plan-ended = Ended
money-back-requested = Refund under review
money-back-under-way = Refund in progress
money-back-waits-for-payee = Waiting for your bank details
money-back-sent = Refund sent to your bank
money-back-settled = Refunded
money-back-failed = Problem with the refund
money-back-declined = Refund not approved
money-back-withdrawn = Refund request withdrawn

## When something is not as it should be

problem-not-found-title = Page not found
problem-not-found = There is nothing at this address, or it belongs to someone else. Check that you are signed in with the email address of the purchase.
problem-not-found-area = There is nothing at this address, or it is not among what you may see. Check the address and the email that you signed in with.
problem-method-title = This does not work here
problem-method = Go back to the previous page and use its buttons.
problem-large-title = What was sent is too large
problem-large = Go back and send less text.
problem-unreadable-title = We could not read what was sent
problem-unreadable = Go back to the previous page, reload it and try again.
problem-cross-site-title = This was sent from another site
problem-cross-site = For your safety, we only accept what our own pages send. Open the page again and repeat.
problem-many-title = Too many attempts in a short time
problem-many = { $minutes ->
    [one] Wait { $minutes } minute and try again.
   *[other] Wait { $minutes } minutes and try again.
}
problem-unavailable-title = One moment, please
problem-unavailable = This could not be completed just now. Try again in a few seconds: nothing is done twice.
problem-slow-title = That took too long
problem-slow = The page did not answer in time. Try again in a moment; nothing is done twice.
problem-internal-title = Something failed on our side
problem-internal = It was not your fault. Try again in a moment; nothing is done twice.

## Mails

mail-address-below = If the button does not open, copy this address:
mail-order = Order
mail-protocol = Reference number
mail-amount = Amount
mail-items = Items
mail-total = Total
mail-footer = Automatic message from Aftersale on behalf of { $producer }.
mail-footer-plain = Automatic message from Aftersale.

mail-link-subject = Your sign-in link is valid until { $hour }
mail-link-lead = Sign in to My purchases with this link. It is valid until { $moment } and works once.
mail-link-lead-producers = See your purchases from { $producers } with this link. It is valid until { $moment } and works once.
mail-link-and-others = { $producers } and other sellers
mail-link-lead-product = See your order for { $product } with this link. It is valid until { $moment } and works once.
mail-link-button = Sign in
mail-link-code = Or enter this code in any browser:
mail-link-asked = Requested on { $moment }, from network address { $address }. Browser: { $browser }.
mail-link-browser-unknown = unknown
mail-link-not-you = Not you? Ignore this email: without it nobody can sign in.

mail-purchase-subject = Your purchase from { $producer }: order { $code }
mail-purchase-lead = Your payment is confirmed. Use the link below to see your order, your access and, if you need it, the refund.
mail-purchase-free = Your order is confirmed, free of charge. Use the link below to see your order and your access.
mail-purchase-refundable = If you change your mind, request a refund by { $deadline }. You do not need to give a reason.
mail-purchase-button = View order

mail-email-change-subject = Confirm your new email address by { $hour }
mail-email-change-lead = Someone who uses { $from } wants to use this address from now on. Confirm by { $moment }; until then nothing changes.
mail-email-change-button = Review and confirm
mail-email-change-not-you = Not you? Ignore this email: without confirmation nothing changes.
mail-email-notice-subject = Request to change your email address
mail-email-notice-lead = Someone asked to change this address to { $to }. It changes only if it is confirmed at the new address by { $moment }.
mail-email-notice-not-you = Not you? Go to your account, cancel the change and sign out everywhere.
mail-email-changed-subject = Your email address was changed
mail-email-changed-lead = The address { $from } was changed to { $to }. Your orders and access are now at the new address.
mail-email-changed-new = To see your orders, sign in with this address.
mail-email-changed-old = This address can no longer open your orders. Not you? Contact the seller and mention the code of an order.
mail-account-button = Go to my account
mail-erasure-asked-subject = Request to erase your data: { $protocol }
mail-erasure-asked-lead = We have received your request. We will erase your data after { $due }. Until then you can cancel the request. Purchase records are kept as long as the law requires.
mail-erasure-button = View or cancel
mail-erasure-asked-not-you = Not you? Go to your account, cancel the request and sign out everywhere.
mail-erasure-undone-subject = Your data will not be erased: { $protocol }
mail-erasure-undone-purchase = You made another purchase with this email address, so the request to erase your data was cancelled: the purchase needs it. Everything stays as it was. If you still want your data erased, you can ask again in your account.
mail-email-changed-erasure = Your request to erase your data ({ $protocol }) still stands: we will erase it after { $due }. Until then you can cancel it in your account, with the new email address.
mail-erasure-undone-lead = The request to erase your data was cancelled. Everything stays as it was.
mail-access-expiring-subject = Your access to { $item } ends { $end }
mail-access-expiring-lead = You have access to { $item } until { $end }.
mail-access-expired-subject = Your access to { $item } has ended
mail-access-expired-lead = Your access to { $item } ended { $end }.
mail-access-help = Would you like to continue? Contact { $producer }.

mail-refund-button = Track refund
mail-refund-requested-subject = We have your refund request: { $protocol }
mail-refund-requested-lead = Your refund request for { $amount } was accepted. We are sending it to your bank and will email you when it is complete.
mail-refund-requested-lead-by-hand = Your refund request for { $amount } was accepted. { $producer } refunds you from their own payment system: we have told them, and remind them after 3 and after 7 days. Until it is done, the refund does not change your access.
mail-refund-sent-subject = Your refund of { $amount } was sent to your bank
mail-refund-sent-lead = Your refund of { $amount } was sent to your bank. It can take a few days to appear; on a card, sometimes only on the next statement.
mail-refund-settled-subject = Your refund of { $amount } is complete
mail-refund-settled-lead = Your refund of { $amount } is complete. On a card it may only appear on the next statement.
mail-refund-failed-subject = Your refund of { $amount } was returned by the bank
mail-refund-failed-lead = The bank did not complete the refund of { $amount }, and the money did not reach you. { $producer } has been told.
mail-refund-failed-access = Your access is back to what it was before the refund request.
mail-refund-failed-again = You can request the refund again until { $deadline }, on the order page.
mail-refund-failed-ask = You can ask { $producer } again, on the order page.

mail-refund-asked-subject = We sent your request to { $producer }: { $protocol }
mail-refund-asked-lead = The refund deadline has passed, so { $producer } decides and has until { $deadline } to answer.
mail-refund-given-subject = { $producer } is giving { $amount } back: { $protocol }
mail-refund-given-lead = { $producer } gave you a refund of { $amount }. We are sending it to your bank and will email you when it is complete.
mail-refund-given-lead-by-hand = { $producer } gave you a refund of { $amount } and pays it from their own payment system. We remind them after 3 and after 7 days. Until it is done, the refund does not change your access.
mail-refund-given-reason = Message from { $producer }:
mail-opens-subject = { $producer }: how to open your order { $code }
mail-opens-lead = Your access is confirmed. Sign in with this same email.
mail-opens = access open
mail-opens-until = access until { $date }
mail-refund-approved-subject = Your refund of { $amount } was approved
mail-refund-approved-lead = { $producer } approved your request. We are sending { $amount } to your bank and will email you when the refund is complete.
mail-refund-approved-lead-by-hand = { $producer } approved your request and refunds { $amount } from their own payment system. We remind them after 3 and after 7 days. Until it is done, the refund does not change your access.
mail-refund-declined-subject = Your refund request was not approved: { $protocol }
mail-refund-declined-lead = { $producer } did not approve the refund of { $amount }. Nothing changes about your access.
mail-refund-declined-reason = Answer from { $producer }:
mail-refund-withdrawn-subject = Refund request withdrawn: { $protocol }
mail-refund-withdrawn-lead = You withdrew your request for a refund of { $amount }. Nothing changes about your purchase.
mail-refund-went-back = Another part, { $amount }, was refunded or is on its way.
mail-refund-payee-subject = We need an account to refund { $amount }
mail-refund-payee-lead = You paid by boleto. To refund { $amount }, the bank needs an account: open the order, go to the refund and enter the details. We never ask for them by email.
mail-refund-payee-page-subject = Say which account your { $amount } goes to
mail-refund-payee-page-lead = Your refund of { $amount } has begun. You paid by boleto, so the payment company of { $producer } needs a bank account to send it to. Until you name one, the money waits.
mail-refund-payee-page-again-subject = Your { $amount } still waits: say which account it goes to
mail-refund-payee-page-again-lead = Your refund of { $amount } has been waiting since { $deadline } for a bank account to go to. You paid by boleto, so the payment company of { $producer } has no other way to send it.
mail-refund-payee-page-button = Say where the money goes
mail-refund-payee-page-note = The order leads to the page on which you name the account. Nobody asks for it by email.

mail-producer-asked-subject = Answer by { $deadline }: refund request { $protocol }
mail-producer-asked-late-subject = No answer yet: refund request { $protocol }
mail-producer-asked-lead = { $buyer } asks for a refund of { $amount } after the deadline. Answer by { $deadline }: the buyer sees that date.
mail-producer-asked-late-lead = The time to answer { $buyer } ended on { $deadline }. The buyer is still waiting.
mail-producer-asked-message = Message from the buyer:
mail-producer-asked-button = View and answer
mail-producer-asked-note = Anyone with this email can open the answer page. Do not forward it.
mail-plan-changed-subject = Your plan is now { $plan }
mail-plan-changed-lead = Your plan was changed from { $old } to { $plan }.
mail-plan-scheduled-subject = Plan change scheduled: { $plan } from { $date }
mail-plan-scheduled-lead = You keep { $old } until { $date }. On that day { $plan } starts. Until then you can undo the change.
mail-plan-undone-subject = Change undone: you keep { $old }
mail-plan-undone-lead = The change to { $plan } will not happen. You keep { $old }, and nothing was charged.
mail-plan-back-subject = { $amount } is being refunded to you
mail-plan-back-lead = The payment for the change to { $plan } arrived when the change could no longer be made. It did not happen, and the full { $amount } is refunded to the payment method you used.
mail-plan-back = Refunded
mail-plan-back-when = When it appears on your statement depends on your bank.
mail-plan-plan = New plan
mail-plan-price = Price
mail-plan-paid = Paid now
mail-plan-in-installments = { $amount }, in { $count } instalments
mail-plan-next = Next charge
mail-plan-button = View plan
mail-plan-not-you = Not you? Contact { $producer } as soon as you can.
mail-plan = Plan
mail-cancel-button = View subscription
mail-cancel-subject = Renewal cancelled: access until { $date }
mail-cancel-lead = The renewal of { $plan } was cancelled. You have access until { $date } and will not be charged again.
mail-cancel-lead-by-producer = The renewal of { $plan } was cancelled. You have access until { $date }. { $producer } collects the payments and was asked to end them by then. If you are charged all the same, contact them with the reference number.
mail-cancel-undo = Changed your mind? You can undo this until { $date }, on the subscription page.
mail-cancel-now-subject = Subscription ended: { $plan }
mail-cancel-now-lead = Your { $plan } subscription was ended. Your access is over and you will not be charged again.
mail-cancel-now-lead-by-producer = Your { $plan } subscription was ended, and your access is over. { $producer } collects the payments and was asked to end them now. If you are charged all the same, contact them with the reference number.
mail-cancel-undone-subject = Cancellation undone: { $plan } continues
mail-cancel-undone-lead = The cancellation of { $plan } was undone. The subscription continues as before, with renewals and charges.
mail-cancel-undone-lead-by-producer = The cancellation of { $plan } was undone. The subscription continues. { $producer } collects the payments and has been told.
mail-cancel-ended-subject = Your access to { $plan } has ended
mail-cancel-ended-lead = The last day of { $plan } was { $date }. You will not be charged again. If you want to return, contact { $producer }.
mail-cancel-ended-lead-by-producer = The last day of { $plan } was { $date }. { $producer } collects the payments and was asked to end them by then. If you are charged all the same, contact them with the reference number.
mail-cancel-by-seller = { $producer } made this cancellation. Any questions? Reply to this email.
mail-cancel-not-you = Not you? Contact { $producer }.
mail-producer-cancel-subject = End at { $gateway }: subscription of { $buyer }
mail-producer-cancel-lead = { $buyer } cancelled the renewal of { $plan }. This portal cannot reach { $gateway }: please end the subscription there by { $date }, so that nothing more is charged.
mail-producer-cancel-undone-subject = Keep at { $gateway }: subscription of { $buyer }
mail-producer-cancel-undone-lead = { $buyer } undid the cancellation of { $plan }. If you have already ended the subscription at { $gateway }, please reactivate it there.
mail-producer-cancel-not-done-subject = Still open: end at { $gateway }, subscription of { $buyer }
mail-producer-cancel-not-done-lead = { $buyer } cancelled { $plan } on { $date }, with { $last } as the last day. We have not heard from { $gateway } that the subscription has ended there: please end it, so that nothing more is charged. If it has ended, nothing more is needed.
mail-producer-message-subject = { $buyer } thought of cancelling { $plan } and wrote to you
mail-producer-message-lead = { $name } started to cancel { $plan } and would rather talk to you. The subscription continues.
mail-producer-message-quote = Message:
mail-producer-message-reply = Reply to { $buyer }.
mail-charge-title = For
mail-charge-reason = Why
mail-charge-card = Payment method
mail-charge-order-button = View order
mail-charge-card-button = Change card
mail-charge-failed-subject = We could not charge { $amount }: { $title }
mail-charge-failed-lead = The charge of { $amount } for { $title } did not go through.
mail-charge-unpaid-subject = { $amount } still to pay: { $title }
mail-charge-unpaid-lead = The payment of { $amount } for { $title } did not arrive in time.
mail-charge-again = We will try again on { $day }. If you prefer, change the card now: we then charge it immediately.
mail-charge-again-slip = We will send you another code to pay with on { $day }.
mail-charge-access-until = You have access until { $day }.
mail-charge-suspended = We will not try again for now, and your access is on hold. It returns as soon as the amount is paid.
mail-charge-suspended-slip = Your access is on hold. It comes back as soon as the amount is paid: get another code on the order page.
mail-charge-ended = We will not try again. The subscription has ended, and so has your access. You will not be charged again.
mail-charge-ended-slip = The subscription has ended, and so has your access. You will not be charged again.
mail-charge-recovered-subject = Payment of { $amount } confirmed: { $title }
mail-charge-recovered-lead = We received { $amount } for { $title }. Nothing is due, and your access continues.


mail-renewal-subject = Your subscription renews on { $day }: { $amount }
mail-renewal-lead = Your subscription { $title } renews on { $day } for { $amount }.
mail-renewal-button = View subscription
mail-renewal-cancel = If you do not want to renew, cancel before that day: you keep your access until then.

mail-surplus-subject = Extra payment of { $amount }: { $title }
mail-surplus-lead = We received { $amount } for { $title }, but nothing was due: this charge had been paid already or was over.
mail-surplus-next = { $producer } has been told too. To get the money back, request a refund on the order's page or contact { $producer }.
mail-producer-surplus-subject = Please resolve: { $buyer } paid { $amount } too much
mail-producer-surplus-lead = { $buyer } paid { $amount } for { $title } when the charge had been paid already or was over.
mail-producer-surplus-reference = Charge
mail-producer-surplus-next = The buyer has been told and can request a refund on the order's page. You can also refund it in your payment system.
mail-slip-boleto-subject = Boleto to pay: { $amount }, { $title }
mail-slip-pix-subject = Pix to pay: { $amount }, { $title }
mail-slip-boleto-lead = Here is the boleto for { $amount } for { $title }.
mail-slip-pix-lead = Here is the Pix for { $amount } for { $title }.
mail-slip-pix-again = The Pix code expired; here is another one, for { $amount }: { $title }.
mail-slip-boleto-again = The boleto expired; here is another one, for { $amount }: { $title }.
mail-slip-boleto-button = Open boleto
mail-slip-pix-button = Open Pix
mail-slip-boleto-code = Or copy the boleto number:
mail-slip-pix-code = Or copy the Pix code:
mail-slip-until = Pay by
mail-slip-note = If you have already paid, there is nothing to do: the confirmation arrives by itself.

mail-producer-failed-subject = Action needed: refund { $protocol } was returned by the bank
mail-producer-failed-lead = The refund of { $amount } to { $buyer } was not completed. The buyer knows and is waiting for you.
mail-producer-reason = Reason given by the bank:
mail-producer-plan-next-subject = Action needed: the plan of { $buyer } from { $date } on
mail-producer-plan-next-lead = { $buyer } is on { $plan } from { $date } on, and was told so. Your payment system did not take the change from us. Please set the plan there before that day.
mail-producer-plan-next-back = { $buyer } stays on { $plan }, and was told so. Your payment system did not take that from us: there, another plan begins on { $date }. Please set the plan back before that day.
mail-producer-plan-back-subject = Action needed: { $amount } from { $buyer } was not refunded
mail-producer-plan-back-lead = { $buyer } paid { $amount } to change to { $plan } when the change could no longer be made. The refund was not completed.
mail-producer-failed-next = Agree with the buyer on another way to refund the money.
mail-producer-by-hand-subject = Refund { $amount }: { $protocol }
mail-producer-by-hand-lead = { $buyer } gets a refund of { $amount }. This portal cannot reach { $gateway }: please refund it there.
mail-producer-by-hand-next = Access ends when the refund is reported: by the source of the order, or by your program with POST /api/v1/orders/{ $code }/refunds/{ $protocol }/done. If a subscription or instalments of this order are charged there, end them too.
mail-producer-not-done-subject = Still open: refund { $amount }, { $protocol }
mail-producer-not-done-lead = { $buyer } has been waiting for { $amount } since { $date }. { $gateway } has not told us yet that the money was refunded.
mail-producer-not-done-next = If it is not refunded yet, please refund it at { $gateway }. If it is, report it, and these notices end.
mail-producer-stopped-grant-subject = Action needed: access for { $buyer } was not granted
mail-producer-stopped-revoke-subject = Action needed: access for { $buyer } was not removed
mail-producer-stopped-grant = The member area { $area } did not accept the access for { $buyer }.
mail-producer-stopped-revoke = The member area { $area } did not accept the removal of access for { $buyer }.
mail-producer-stopped-answer = Last answer:
mail-producer-stopped-next = Check the key and the access rules of that member area.

mail-card-button = View card and payment
mail-card-plan = Subscription or order
mail-card-card = Card
mail-card-method = Payment method
mail-card-when = Changed on
mail-card-changed-subject = New card for { $title }: { $card }
mail-card-changed-lead = Future charges for { $title } go to the { $card }.
mail-card-not-you = Not you? Open the page, change the card and contact { $producer }.
mail-method-changed-subject = New payment method for { $title }: { $method }
mail-method-changed-lead = Future charges for { $title } are paid by { $method }. With each charge, the payment code appears on the page below.
mail-card-expiring-subject = Your card expires in { $expiry }: change it before the next charge
mail-card-expiring-lead = The { $card } used for { $title } expires in { $expiry }. Change the card by then to keep your access.
mail-card-expiring-button = Change card

# What the sale knows: the buyer's particulars and how the total came to be.
sale-title = Purchase details
sale-name = Name
sale-email = Email address of the purchase
sale-tax-id = Tax ID (CPF or CNPJ)
sale-phone = Phone
sale-address = Address
sale-subtotal = Subtotal
sale-coupon = Coupon
sale-discount = Discount
sale-taxes = Taxes
sale-transaction = Transaction number
