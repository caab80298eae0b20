"""Stripe's own client for Python does at the stand-in what the portal does at Stripe.

It ends with 0 if all of it went as the client expects. STRIPE_ADDRESS is the stand-in, STRIPE_KEY the account's key.
"""

import os
import time

import stripe
from buyer import Listener, save_card, step

VERSION = "2025-09-30.clover"
client = stripe.StripeClient(
    os.environ["STRIPE_KEY"],
    stripe_version=VERSION,
    base_addresses={"api": os.environ["STRIPE_ADDRESS"]},
    max_network_retries=0,
)
api = client.v1
hooks = Listener()


def refused(kind, code, act):
    try:
        act()
    except kind as error:
        assert error.code == code, error.code
        return
    raise AssertionError(f"nothing refused: {code}")


with step("an address for webhooks"):
    endpoint = api.webhook_endpoints.create(
        params={"url": hooks.url, "enabled_events": ["*"], "api_version": VERSION}
    )

with step("a customer"):
    customer = api.customers.create(params={"email": "bia@example.com"})
    found = api.customers.list(params={"email": "bia@example.com", "limit": 100})
    assert [one.id for one in found.data] == [customer.id]

with step("a card by the page of a checkout session"):
    page = api.checkout.sessions.create(
        params={
            "mode": "setup",
            "currency": "brl",
            "customer": customer.id,
            "success_url": "https://portal.example/card",
            "setup_intent_data": {"metadata": {"aftersale_key": "k1"}},
        }
    )
    assert save_card(page.url) == "https://portal.example/card"
    page = api.checkout.sessions.retrieve(page.id, params={"expand": ["setup_intent.payment_method"]})
    card = page.setup_intent.payment_method
    assert (page.status, card.card.last4) == ("complete", "4242")


def charge(method, **more):
    return {
        "amount": 9990,
        "currency": "brl",
        "customer": customer.id,
        "payment_method": method,
        "confirm": True,
        "off_session": True,
        "automatic_payment_methods": {"enabled": True},
        "return_url": "https://portal.example/back",
        **more,
    }


with step("a payment, once for its key"):
    once = {"idempotency_key": "p1"}
    payment = api.payment_intents.create(params=charge(card.id), options=once)
    again = api.payment_intents.create(params=charge(card.id), options=once)
    assert (payment.status, again.id) == ("succeeded", payment.id)
    other = charge(card.id, amount=1)
    refused(stripe.IdempotencyError, None, lambda: api.payment_intents.create(params=other, options=once))

with step("a card that declines, and one whose bank asks"):
    for name, code in [
        ("pm_card_chargeCustomerFail", "card_declined"),
        ("pm_card_authenticationRequired", "authentication_required"),
    ]:
        kept = api.payment_methods.attach(name, params={"customer": customer.id})
        refused(stripe.CardError, code, lambda: api.payment_intents.create(params=charge(kept.id)))

with step("a refund in two parts, and no third"):
    for amount in (4000, 5990):
        back = api.refunds.create(params={"payment_intent": payment.id, "amount": amount})
        assert (back.status, back.amount) == ("succeeded", amount)
    third = {"payment_intent": payment.id, "amount": 1}
    refused(stripe.InvalidRequestError, "charge_already_refunded", lambda: api.refunds.create(params=third))
    listed = api.refunds.list(params={"payment_intent": payment.id, "limit": 1})
    # One a page: the client asks for the next one by itself.
    assert [one.amount for one in listed.auto_paging_iter()] == [5990, 4000]


def price(amount, name):
    product = api.products.create(params={"name": name})
    recurring = {"interval": "month"}
    return api.prices.create(
        params={
            "product": product.id,
            "currency": "brl",
            "unit_amount": amount,
            "recurring": recurring,
            "lookup_key": name,
        }
    )


with step("a subscription, its end with the period, and going on"):
    items = [{"price": price(4990, "month").id}]
    wanted = {"customer": customer.id, "items": items, "default_payment_method": card.id}
    subscription = api.subscriptions.create(params=wanted)
    assert subscription.status == "active"
    for ends in (True, False):
        params = {"cancel_at_period_end": ends}
        assert api.subscriptions.update(subscription.id, params=params).cancel_at_period_end is ends

with step("another plan, as it was reckoned"):
    price(9990, "gold")
    gold = api.prices.list(params={"lookup_keys": ["gold"], "active": True}).data[0]
    item = subscription["items"].data[0].id
    change = {
        "items": [{"id": item, "price": gold.id}],
        "proration_behavior": "always_invoice",
        "proration_date": int(time.time()),
    }
    asked = {"subscription": subscription.id, "subscription_details": change}
    reckoned = api.invoices.create_preview(params=asked)
    taken = {**change, "payment_behavior": "pending_if_incomplete", "expand": ["latest_invoice"]}
    changed = api.subscriptions.update(subscription.id, params=taken)
    assert changed.latest_invoice.amount_paid == reckoned.amount_due > 0

with step("its end now"):
    assert api.subscriptions.cancel(subscription.id).status == "canceled"

with step("webhooks that the client verifies, and one that it does not"):
    body, headers = hooks.wait(lambda body: body["type"] == "customer.subscription.deleted")
    signature = headers["stripe-signature"]
    event = client.construct_event(body, signature, endpoint.secret)
    assert event.data.object.id == subscription.id
    for one, its in hooks.heard:
        client.construct_event(one, its["stripe-signature"], endpoint.secret)
    forged = body.replace('"canceled"', '"active"')
    assert forged != body
    try:
        client.construct_event(forged, signature, endpoint.secret)
        raise AssertionError("a forged webhook was taken")
    except stripe.SignatureVerificationError:
        pass
    assert api.webhook_endpoints.delete(endpoint.id).deleted is True

print("everything is done")
