//! The whole installation, through its addresses and commands.

mod beside;
mod commands;
mod foreign_gateway;
mod functions;
mod keys_and_people;
mod listener;
mod main_job;
mod particulars;
mod sandbox;
mod walk;
mod web;
