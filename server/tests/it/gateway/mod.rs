//! The adapters to gateways, each against a stand-in of its gateway, over HTTP.

mod asaas;
mod guru;
mod stripe;
