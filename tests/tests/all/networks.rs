//! Networks: one run of the same checks over every adapter, against a fake of its network.

mod contents;
mod faults;
mod house;
mod imports;
mod policy;
mod recognise;
mod rows;

use self::{house::House, rows::ROWS};
