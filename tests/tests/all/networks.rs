//! Networks: one run of the same checks over every adapter, against a fake of its network.

mod contents;
mod faults;
mod house;
mod imports;
mod policy;
mod quotas;
mod recognise;
mod rows;

use self::{house::House, rows::ROWS};
