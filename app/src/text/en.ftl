# Everything the screens and mails say, in English. Same keys and variables as pt-BR.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = My purchases
frame-skip = Skip to content
frame-navigation = Navigation
frame-language = Language
frame-account = My account
frame-sign-out = Sign out
frame-signed-in = You are signed in as { $email }.
frame-footer = Aftersale: your orders, access and refunds in one place.
frame-time-zone = Dates and times in the time zone { $zone }.

## Words that several screens share

and-more = { $count ->
    [one] and { $count } more item
   *[other] and { $count } more items
}
copied = Copied
back-to-order = Back to the order
back-to-home = Back to my purchases
summary-title = Please check before you go on
contact-seller = Write to { $seller }

## Sign-in

sign-in-title = Sign in
sign-in-lead = See your orders and your access, and ask for refunds. No password: we send a link to your e-mail.
sign-in-email = Type the e-mail you used for the purchase
sign-in-email-help = It is the address where you got the confirmation of the purchase.
sign-in-send = Send sign-in link
sign-in-have-code = I already have a code
sign-in-email-empty = Type your e-mail.
sign-in-email-invalid = This address does not look complete. Check that it has an @ and what comes after it, as in name@example.com.
sign-in-next = To go on, sign in with the e-mail of the purchase. Then you are back where you were.

sent-title = Check your e-mail
sent-lead = If { $email } has purchases here, the sign-in link arrives in a moment. It is valid until { $hour }.
sent-open = Open the e-mail on this device and press the button, or type the code from it below.
sent-ended = The time of the link sent to { $email } is over. Ask for a new one below.
sent-code = Code of 8 letters and digits
sent-code-help = Like ABCD-2345. Capitals or not, both work.
sent-code-send = Sign in with the code
sent-help-title = Nothing arrived?
sent-help-wait = It can take up to two minutes.
sent-help-spam = Check the spam and promotions folders. The sender is { $sender }.
sent-help-address = Check that this is the e-mail of the purchase.
sent-other-address = Use another e-mail
sent-resend = Send again
sent-resend-waiting = Send again in {"{seconds}"} s

code-title = Sign in with a code
code-lead = The code is in the e-mail with the sign-in link. It works in any browser.
code-email = E-mail at which the code arrived
code-empty = Type the code from the e-mail.
code-wrong = This code is not right. { $tries ->
    [one] You have { $tries } try left.
   *[other] You have { $tries } tries left.
}
code-ended = This code is no longer valid: its time is over, or there were too many tries. Ask for a new link: it brings another code.
code-ask-new = Ask for a new link

link-title = Sign in to My purchases
link-as = Sign in as { $email }
link-until = This link is valid until { $hour } and works once.
link-continue = Continue
link-not-you = If this is not your e-mail, close this page. Nothing happens.
link-expired-title = This link is no longer valid
link-expired = For your safety a sign-in link is valid for a short time only. Ask for a new one: it leads to the same place.
link-used-title = This link was already used
link-used = For your safety each sign-in link works once. Ask for a new one: it leads to the same place.
link-resend = Send a new link
link-invalid-title = This link is not complete
link-invalid = Some mail programs cut long addresses. Copy the whole address from the e-mail, or ask for a new link.
link-to-sign-in = Go to sign-in

order-link-title = See your order
order-link-lead = To protect your data we send a sign-in link to the e-mail of the purchase.
order-link-product = Product
order-link-seller = Sold by
order-link-email = E-mail of the purchase
order-link-send = Send link to { $email }
order-link-not-yours = This address is not yours? Ask the seller.

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
home-empty-title = We found no purchases for this e-mail
home-empty = You are signed in as { $email }. People sometimes buy with another address: look for the confirmation of the purchase in your inbox and see which e-mail it was sent to.
home-empty-other = Sign in with another e-mail
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
home-access-until = Access until { $date }. There will be no further charges.

alert-title = Needs your attention
alert-past-due = The charge for { $title } did not go through. See what to do.
alert-refund-failed = The refund of { $title } came back from the bank. The seller has been told.
alert-payment-pending = { $title } has not been paid yet.
alert-access-ends = Your access to { $title } ends { $deadline }.

## Order

order-title = Order { $code }
order-code = Order code
order-copy-code = Copy code
order-open = Open content
order-open-of = Open content of { $item }
order-pay-boleto = Open the boleto
order-pay-pix = Pay with Pix
order-pay = Pay now
order-track = Follow the refund
order-bought-at = Bought on { $date }

access-title = Access
access-confirmed-today = Access confirmed at { $hour }
access-confirmed = Access confirmed on { $moment }
access-until = until { $date }
access-sending = Opening your access. It usually takes less than a minute.
access-delayed = Your access is taking longer. We keep trying, last at { $hour }. You do not need to do anything.
access-none = No access
access-after-payment = Access opens after payment.
access-not-managed = { $seller } gives you access.
access-ending = Your access is being closed.
access-removed = Access closed on { $moment }

payment-title = Payment
payment-method = Method
payment-card-only = Card
payment-card = { $brand } ending in { $last4 }
payment-card-expiry = expires { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Another method
payment-paid-at = Paid on
payment-not-yet = Not paid yet
payment-charges = Charges
payment-charge-date = Date
payment-charge-amount = Amount
payment-charge-status = Status
payment-installments = in { $count } card instalments
payment-due = Pay until { $date }
payment-code = Code to pay with
payment-code-copy = Copy payment code

items-title = Items
items-item = Item
items-amount = Amount
items-bump = added at purchase
items-total = Total
items-refunded = Paid back or on its way

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
subscription-past-due = The last charge did not go through. Write to { $seller } to settle it.
subscription-no-next = There will be no further charges
subscription-period-end = Paid until
subscription-canceled = Cancelled on
subscription-help = To cancel or change the plan, write to { $seller }.

refund-title = Refund
refund-open = You can change your mind and get { $amount } back until { $deadline }. You do not need to give a reason.
refund-ask = Ask for a refund
refund-closed = The time to ask for a refund ended { $deadline }.
refund-closed-help = You can still write to { $seller }, who decides about later requests.
refund-not-paid = This order was not paid. There is nothing to pay back.
refund-nothing-left = All of this order has been paid back or is on its way.
refund-under-way = A refund is under way. When it is done you can ask for another one, if there is still time.
refund-disputed = You disputed this purchase with the bank. The bank decides now and tells you. That is why the refund here is on hold.
refund-past = Refunds of this order

timeline-title = History
timeline-ordered = Order placed
timeline-paid = Payment confirmed
timeline-access-sent = Access sent to the member area
timeline-access-confirmed = Access opened
timeline-access-removed = Access closed
timeline-refund-requested = Refund asked for: receipt { $protocol }
timeline-refund-sent = Refund sent to the bank: receipt { $protocol }
timeline-refund-settled = Money paid back: receipt { $protocol }
timeline-refund-failed = The bank did not complete the refund: receipt { $protocol }
timeline-subscription-canceled = Subscription cancelled
timeline-subscription-undo = Cancellation undone
timeline-card-swap = Card changed
timeline-plan-change = Plan changed
timeline-plan-schedule = Change of plan scheduled
timeline-billing-paid = Charge paid
timeline-billing-failed = A charge did not go through
timeline-document-billing = Details for documents corrected
timeline-recorded = Order updated
timeline-mail = E-mail sent
timeline-mail-purchase = Purchase e-mail sent
timeline-mail-refund-requested = E-mail sent: refund request received
timeline-mail-refund-sent = E-mail sent: refund on its way
timeline-mail-refund-settled = E-mail sent: refund completed
timeline-mail-refund-failed = E-mail sent: problem with the refund
timeline-mail-access-expiring = E-mail sent: access ends soon
timeline-mail-access-expired = E-mail sent: access has ended

help-title = Help
help-text = Questions about the content or this order? Write to { $seller } and mention the code { $code }.

## Account

account-title = My account
account-profile = Your details
account-name = Name
account-phone = Phone
account-tax-id = CPF or CNPJ
account-none = not given
account-change = Change details
account-email = E-mail
account-email-change = Change e-mail
account-language-help = For pages on any device, and for e-mails.
back-to-account = Back to my account

profile-title = Change details
profile-save = Save
profile-name-wrong = Write a name of up to 200 letters.
profile-phone-help = With area code. May stay empty.
profile-phone-wrong = Write the phone with its area code, in digits only, like (11) 99999-0001.
profile-tax-id-help = May stay empty. Pages show only a part of it.
profile-tax-id-kept = We have { $masked }. Leave empty to keep it.
profile-tax-id-forget = Remove the CPF or CNPJ we have
profile-tax-id-wrong = This CPF or CNPJ is not right. See whether a digit is missing or too many.

email-title = Change e-mail
email-lead = You use { $email } now. We send a link to the new address. Once confirmed, your orders and access move to it.
email-new = New e-mail
email-help = We also tell the address you use now.
email-send = Send confirmation link
email-same = This is the e-mail you use already. Type another one.
email-waiting = We sent a link to { $email }. Open it by { $until } to confirm.
email-see = See the change of e-mail
email-withdraw = Take the change back
email-confirm-title = Confirm new e-mail
email-confirm-lead = Use { $to } instead of { $from }?
email-confirm-effect = Orders and access move to the new address. If it has purchases here already, all are kept together. Whoever is signed in has to sign in again.
email-confirm = Confirm change
email-confirm-not-you = If you did not ask for this, close this page. Nothing happens.
email-changed-title = E-mail changed
email-changed = Your orders are at the new address. Sign in with it to go on.
email-ended-title = This link has ended
email-ended = It was used, replaced by a newer one, or its time is over. Sign in to your account to see which e-mail is in use and, if need be, ask for the change again.
email-invalid = Copy the whole address from the e-mail, or ask for the change again in your account.

sessions-title = Signed-in devices
sessions-help = Browsers in which your account is open now. End any that you do not know.
sessions-line = Network { $address } · signed in { $since } · last seen { $seen }
sessions-this = This device
sessions-unknown = Unknown browser
sessions-end = End
sessions-end-of = End { $browser } on network { $address }
sessions-end-all = Sign out everywhere

papers-title = Receipts by year
papers-help = All receipts and credit notes of a year, as PDF, in one file.
papers-year = Download { $year } (ZIP)

data-title = My data
data-help = You may take a copy of everything we know about you, or ask for it to be erased.
data-download = Download my data (JSON)
data-erase = Erase my data

erasure-title = Erase my data
erasure-lead = This request is about everything tied to { $email }.
erasure-goes = What we erase
erasure-goes-name = Name, e-mail, phone and CPF or CNPJ of your account. You can no longer sign in.
erasure-goes-access = Access to what you bought ends, and the member area is told.
erasure-goes-traces = Signed-in devices, links and network addresses.
erasure-kept = What the law has us keep
erasure-kept-sales = The record of your purchases (what was sold, amount, date, name and CPF or CNPJ of the purchase) is kept until { $day }: 5 years after the last sale, as tax law demands.
erasure-days = We erase 7 days after the request. Until then you can take it back.
erasure-ask = Ask to erase my data
erasure-asked-at = Asked for
erasure-waiting-title = Request on file
erasure-waiting = We will erase your data after { $due }. Until then you can take it back.
erasure-undo = Do not erase my data
erasure-open = This has to be settled first
erasure-open-refund = A refund of order { $code } is under way.
erasure-open-subscription = The subscription of order { $code } has not ended.
erasure-open-payment = A payment of order { $code } is open.
erasure-open-dispute = Order { $code } is disputed at the bank.

## Documents

documents-title = Documents
documents-receipt = Receipt for { $amount }, paid { $date }
documents-credit = Credit note for { $amount }, of { $date }
documents-terms = What was sold, as at the purchase
document-receipt = Payment receipt
document-receipt-note = This receipt confirms the payment below. It is not a fiscal invoice: where one is due, the seller issues it.
document-credit = Credit note
document-credit-note = This document confirms that the amount below was paid back. It is not a fiscal invoice.
document-credit-note-sent = This document confirms that the amount below was sent to the bank to be paid back. It is not a fiscal invoice.
document-seller = Sold by
document-buyer = Buyer
document-email = E-mail
document-ordered-at = Date of the order
document-paid-at = Paid
document-sent-at = Sent to the bank
document-reference = Reference of the charge
document-paid = Amount paid
document-returned = Amount paid back
document-made = Issued by Aftersale on { $moment }. Dates and times in the zone { $zone }.
document-pdf = Download PDF
document-print = To print, use your browser's print command: only the document goes on paper.
terms-title = What was sold
terms-lead = Product, offer and price as they were recorded at the purchase.
billing-title = Details for documents
billing-change = Correct name, CPF or address
billing-lead = What you write here appears on the receipts of this order from now on.
billing-name = Name or company
billing-address = Address
billing-address-help = In one line. May stay empty.
billing-address-wrong = Write the address in one line of up to 200 letters.

## Refund

choose-title = Ask for a refund
choose-lead = Choose what you want to give back. The next screen shows the amount before you confirm.
choose-items = Items of the order
choose-none = Choose at least one item.
choose-gone = { $name } has been paid back or is on its way
choose-closed = { $name } (time limit over)
choose-next = See the amount

preview-title = Check before you ask
preview-amount = You get back
preview-items = Items
preview-method = How it comes back
preview-method-card = to the card used for the purchase
preview-method-this-card = to the { $card }, the card used for the purchase
preview-method-pix = by Pix, to the account that paid
preview-method-boleto = by bank transfer; the seller confirms the details with you
preview-method-other = in the way you paid
preview-when = When
preview-days = The transfer usually takes { $least } to { $most } days.
preview-days-card = The bank usually takes { $least } to { $most } days: the amount shows on the next statement or the one after.
preview-days-pix = { $most ->
    [0] On the same day.
    [one] Within { $most } working day.
   *[other] Within { $most } working days.
}
preview-access = Access
preview-access-lost = Ends as soon as you ask: { $items }.
preview-access-kept = Stays, because another purchase of yours gives it too: { $items }.
preview-subscription = Subscription
preview-cancels = The subscription is cancelled and there will be no further charges.
preview-until = Time limit
preview-until-text = You can ask until { $deadline }. You do not need to give a reason.
preview-confirm = Ask for a refund of { $amount }
preview-keep = Keep the purchase

receipt-title = Refund requested
receipt-lead = We have your request. We also sent a receipt to { $email }.
receipt-protocol = Receipt number
receipt-amount = Amount
receipt-copy = Copy receipt number
receipt-steps = Progress

step-requested = Request received
step-requested-text = Your request was accepted.
step-sent = On to the bank
step-sent-next = The next step is to send it to the bank. It usually takes a few minutes.
step-sent-waiting = The bank did not answer clearly. We check before trying again, so that nothing is paid back twice.
step-settled = Money back
step-settled-next = Once it is sent, the bank usually takes some days until the money shows.
step-settled-done = The money has been paid back.
step-failed = The bank did not complete it
step-failed-text = The money came back from the bank and did not reach you. The seller has been told and needs to solve it. If you like, write to them with the receipt number.
step-declined = Not approved
step-declined-text = The seller did not approve this request. If you have questions, write to them with the receipt number.
step-withdrawn = Withdrawn
step-withdrawn-text = You took this request back.

refused-title = The refund was not requested
refused-other-request = This form was already used for another request. Open the refund page again to go on.
refused-unknown-item = One of the chosen items cannot be paid back. Choose again.
refused-again = Choose again

## States

status-pending = Waiting for payment
status-canceled = Cancelled
status-paid = Paid
status-partly-refunded = Partly paid back
status-disputed = Disputed with the bank
status-refunded = Paid back
charge-pending = Waiting
charge-failed = Not accepted
charge-paid = Paid
charge-disputed = Disputed
charge-refunded = Paid back
plan-trialing = Trial
plan-active = Active
plan-past-due = Payment overdue
plan-paused = Paused
plan-ending = Cancelled, with access
plan-ended = Ended
money-back-requested = Refund being looked at
money-back-under-way = Refund under way
money-back-sent = Refund sent to the bank
money-back-settled = Paid back
money-back-failed = Problem with the refund
money-back-declined = Refund not approved
money-back-withdrawn = Refund withdrawn

## When something is not as it should be

problem-not-found-title = Page not found
problem-not-found = There is nothing at this address, or it belongs to somebody else. Check that you signed in with the e-mail of the purchase.
problem-method-title = This does not work here
problem-method = Go back to the page before and use its buttons.
problem-large-title = What was sent is too large
problem-large = Go back and send less text.
problem-unreadable-title = We could not read what was sent
problem-unreadable = Go back to the page before, reload it and try again.
problem-cross-site-title = This was sent from another site
problem-cross-site = For your safety we only take what our own pages send. Open the page again and repeat.
problem-many-title = Too many requests in a short time
problem-many = { $minutes ->
    [one] Wait { $minutes } minute and try again. The last link sent is still valid.
   *[other] Wait { $minutes } minutes and try again. The last link sent is still valid.
}
problem-slow-title = That took too long
problem-slow = The page did not answer in time. Try again in a moment; nothing is done twice.
problem-internal-title = Something failed on our side
problem-internal = It was not you. Try again in a moment; nothing is done twice.

## Mails

mail-address-below = If the button does not open, copy this address:
mail-order = Order
mail-protocol = Receipt number
mail-amount = Amount
mail-items = Items
mail-total = Total
mail-footer = Automatic message from Aftersale on behalf of { $seller }.
mail-footer-plain = Automatic message from Aftersale.

mail-link-subject = Your sign-in link is valid until { $hour }
mail-link-lead = Sign in to My purchases with this link. It is valid until { $moment } and works once.
mail-link-lead-product = See your order of { $product } with this link. It is valid until { $moment } and works once.
mail-link-button = Sign in
mail-link-code = Or type this code in any browser:
mail-link-asked = Asked for on { $moment }, from the network address { $address }. Browser: { $browser }.
mail-link-browser-unknown = unknown
mail-link-not-you = Not you? Ignore this e-mail: without it nobody gets in.

mail-purchase-subject = Your purchase from { $seller }: order { $code }
mail-purchase-lead = The payment is confirmed. The link below shows your order, your access and, should you need it, the refund.
mail-purchase-refundable = If you change your mind, ask for a refund until { $deadline }, without giving a reason.
mail-purchase-button = View the order

mail-email-change-subject = Confirm the new e-mail by { $hour }
mail-email-change-lead = Somebody who uses { $from } wants to use this address from now on. Confirm by { $moment }; until then nothing changes.
mail-email-change-button = See and confirm
mail-email-change-not-you = Not you? Ignore this e-mail: without confirmation nothing changes.
mail-email-notice-subject = Request to change your e-mail
mail-email-notice-lead = Somebody asked to change this address to { $to }. It changes only if it is confirmed at the new address by { $moment }.
mail-email-notice-not-you = Not you? Go to your account, take the change back and sign out everywhere.
mail-email-changed-subject = Your e-mail was changed
mail-email-changed-lead = The address { $from } was changed to { $to }. Orders and access are at the new address now.
mail-email-changed-new = To see your orders, sign in with this address.
mail-email-changed-old = This address opens your orders no more. Not you? Write to the seller and name the code of an order.
mail-account-button = Go to my account
mail-erasure-asked-subject = Request to erase your data: { $protocol }
mail-erasure-asked-lead = We have your request. We will erase your data after { $due }. Until then you can take it back. Records of purchases stay as long as the law demands.
mail-erasure-button = See or undo
mail-erasure-asked-not-you = Not you? Go to your account, undo the request and sign out everywhere.
mail-erasure-undone-subject = Your data will not be erased: { $protocol }
mail-erasure-undone-lead = The request to erase your data was undone. Everything stays as it was.
mail-access-expiring-subject = Your access to { $item } ends { $end }
mail-access-expiring-lead = You have access to { $item } until { $end }. Nothing more is charged for it.
mail-access-expired-subject = Your access to { $item } has ended
mail-access-expired-lead = Access to { $item } lasted until { $end }.
mail-access-help = Would you like to go on? Write to { $seller }.

mail-refund-button = Follow the refund
mail-refund-requested-subject = We have your refund request: { $protocol }
mail-refund-requested-lead = Your request for a refund of { $amount } was accepted. We now send it to the bank.
mail-refund-sent-subject = Your refund of { $amount } was sent to the bank
mail-refund-sent-lead = The refund of { $amount } was sent to the bank. It can take some days until you see it; on a card sometimes only on the next statement.
mail-refund-settled-subject = Your refund of { $amount } is complete
mail-refund-settled-lead = The refund of { $amount } is complete. On a card it may show only on the next statement.
mail-refund-failed-subject = Your refund of { $amount } came back from the bank
mail-refund-failed-lead = The bank did not complete the refund of { $amount }. { $seller } has been told and needs to solve it with you. Your request stays on record.

mail-producer-failed-subject = Please act: refund { $protocol } came back from the bank
mail-producer-failed-lead = The refund of { $amount } to { $buyer } was not completed. The buyer knows and is waiting for you.
mail-producer-reason = Reason given by the bank:
mail-producer-failed-next = Agree with the buyer on another way to pay the money back.
mail-producer-by-hand-subject = Pay back { $amount }: refund { $protocol }
mail-producer-by-hand-lead = { $buyer } asked for a refund of { $amount } in time. This portal cannot reach { $gateway }: please pay it back there.
mail-producer-stopped-grant-subject = Please act: access of { $buyer } was not opened
mail-producer-stopped-revoke-subject = Please act: access of { $buyer } was not taken away
mail-producer-stopped-grant = The member area { $area } did not accept to open access for { $buyer }.
mail-producer-stopped-revoke = The member area { $area } did not accept to take access away from { $buyer }.
mail-producer-stopped-answer = Last answer:
mail-producer-stopped-next = Check the key and the access rules of that member area.
