# Links that the seller makes.
said-link-made = Link made. Copy the address below and send it to the buyer.
said-link-mailed = Link made. The email now goes to the buyer's address.
said-link-too-late = This link had been sent or revoked before. Nothing changed now.
said-link-revoked = Link revoked. Whoever opens it reads that it is no longer valid.
said-campaign-started = The links begin to go out. You can follow it below and stop it at any time.
said-campaign-running = Links are being sent already. Wait until that is done, or stop it below.
said-campaign-stopped = Stopped. The links that went out stay valid.
link-revoked-title = This link is no longer valid
link-revoked = The seller revoked this link. Your purchase stays as it was: sign in with the email you bought with to see the order.
links-title = Links
links-lead = A link takes the buyer straight to the right place. It lets in nobody else: its page only sends an email to the address of the purchase.
links-to-bulk = Send to many buyers
links-back = Back to the links
links-made = Links made
links-empty = You have not made a link yet. Make one above, from the code of an order, or send to many buyers at once.
links-next = See the next ones
links-column-order = Link
links-column-state = Status
links-column-act = What to do
links-one-title = Make a link
links-order = Order code
links-order-help = As it stands in the list of orders.
links-order-empty = Write the code of the order.
links-order-unknown = There is no order with this code. Check it in the list of orders.
links-target = Where the link leads
links-target-order = The order's page
links-target-refund = Refund
links-target-cancel = Cancel subscription
links-target-card = Change card
links-target-plan = Change plan
links-make = Make link
links-make-and-send = Make and send by email
links-made-by = Made by { $by } on { $at }
links-by-program = a program of yours
links-of-campaign = Sent to many buyers
links-copy = Copy link
links-send = Send by email
links-revoke = Revoke link
links-revoke-of = Revoke link of { $name }
links-revoke-effect = Whoever opens the link reads that it is no longer valid, and this cannot be undone.
links-state-none = Not sent from here yet
links-state-sent = Sent
links-state-waits = Waiting to be sent
links-state-refused = Email refused
links-state-opened = Opened
links-state-acted = Buyer acted
links-state-revoked = Revoked
links-campaigns = Sent to many buyers
links-campaign-running = Sending
links-campaign-stopped = Stopped
links-campaign-done = Done
links-campaign-sent =
    { $count ->
        [0] No link sent yet.
        [one] 1 link sent.
       *[other] { $count } links sent.
    } Started by { $by }.
links-campaign-stop = Stop sending
links-bulk-title = Links for many buyers
links-bulk-lead = Choose the orders. Only paid ones count, of buyers of yours who have an email address.
links-any = Any
links-product = Product
links-status = Payment status
links-status-paid = Paid
links-status-partly = Partially refunded
links-kind = Type
links-kind-once = One-time purchase
links-kind-plan = Subscription
links-kind-smart = Smart instalments
links-kind-slip = Instalments by boleto or Pix
links-from = Bought from
links-until = Bought until
links-period-invalid = Check the dates: the first comes before the second.
links-count = See how many
links-bulk-none = No paid order fits this choice. Change the filter above.
links-bulk-found =
    { $count ->
        [one] 1 order
       *[other] { $count } orders
    }
links-bulk-at-least = { $count }+ orders
links-bulk-goes = Each buyer gets an email with a link to: { $target }.
links-bulk-pace = Up to 30 emails go out a minute. No order gets two links of one sending, and you can stop it at any time.
links-bulk-send = Send the links by email
links-bulk-file = Download a sheet (CSV)
links-bulk-file-help = The sheet has the link of each order, for you to send in another way. Those links are not counted as sent and opened.
links-file-order = Order
links-file-name = Name
links-file-email = Email
links-file-phone = Phone
links-file-product = Product
links-file-ordered = Bought on
links-file-link = Link
timeline-mail-portal-link = Email with a link sent
mail-portal-link-subject = { $producer } sent you a link to your order { $code }
mail-portal-link-order = By the link below you follow your order and your access.
mail-portal-link-order-button = See the order
mail-portal-link-refund = By the link below you see whether a refund of this order is open, and ask for it if you want.
mail-portal-link-refund-button = See the refund
mail-portal-link-cancel = By the link below you cancel your subscription, if you want. Before you confirm, the page shows how long your access lasts.
mail-portal-link-cancel-button = See the cancellation
mail-portal-link-card = By the link below you change the card or the way you pay.
mail-portal-link-card-button = Change the card
mail-portal-link-plan = By the link below you see the plans there are and what a change costs.
mail-portal-link-plan-button = See the plans
mail-portal-link-note = The link shows only your masked email. To let you in, the page sends another email to this address.
