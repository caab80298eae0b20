//! The whole installation, through its addresses and commands.

mod commands;
mod functions;
mod main_job;
mod walk;
mod web;
