# The seller's report.
report-title = Report
report-from = From
report-to = To
report-show = Show the period
report-period-invalid = Check the dates: the first comes before the second.
report-empty = There is nothing to count in this period yet. Here you will see the reasons of cancellations, the offers that were taken, refunds by product, links sent and opened, how much buyers settle by themselves, the time until access, and the charges that were recovered.
report-back = Back to the report
report-next = See the next ones
report-month = Month
report-sum = Total
report-rate = Rate
report-no-reason = No reason given
report-reason = Reason
report-canceled = Cancellations by reason
report-canceled-none = No cancellation in this period.
report-canceled-title = Cancellations: { $reason }
report-undone = Undone
report-offers = Offers to stay
report-offers-none = No offer was shown in this period.
report-offer = Offer
report-offer-discount = Discount
report-offer-pause = Pause
report-offer-plan = Another plan
report-offer-message = Talk to you
report-made = Shown
report-taken = Taken
report-refunds = Refunds
report-product = Product
report-count = Items
report-amount = Amount
report-decided =
    Half of the requests were answered within { $median }; 95% within { $most } ({ $count ->
        [one] 1 answered
       *[other] { $count } answered
    }).
report-decided-none = No request was answered in this period.
report-links = Links
report-links-made = Made
report-links-mailed = By email
report-links-opened = Opened
report-links-acted = Acted on
report-links-help = Opened: somebody asked for the sign-in email on the link's page. Acted on: the buyer did what the link proposes within a week. Whoever was signed in goes straight to the order and is not counted.
report-own = Settled by buyers themselves
report-own-acts = By the buyer
report-all-acts = In all
report-own-help = Refunds asked for, cancellations, changes of card and plan: by the buyer, and in all with those that you or support did.
report-access-title = From payment to access
report-access =
    Half of the buyers had access within { $median }; 95% within { $most } ({ $count ->
        [one] 1 order measured
       *[other] { $count } orders measured
    }).
report-access-none = No access was confirmed in this period.
report-recovered = Charges recovered
report-failed = Failed
report-paid-after = Paid later
report-recovered-help = Orders of which a charge failed in the month, and how many of them were paid later. Only charges made by this portal.
report-days = { $count } days
report-hours = { $count } hours
report-minutes = { $count } minutes
report-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
