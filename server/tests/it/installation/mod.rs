//! The whole installation, through its addresses and commands.

mod commands;
mod functions;
mod main_job;
mod sandbox;
mod walk;
mod web;
