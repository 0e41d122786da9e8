//! The tables of a design that hold named rows, one after the other.

use crate::format::fragment::Named;
use crate::model::Design;
use crate::record::Table;

/// Something done with each table.
pub trait Visitor {
    /// Looks at one table.
    fn table<T: Named + PartialEq>(&mut self, of: fn(&Design) -> &Table<T>);
}

/// Shows all tables, in the order in which they depend on each other.
pub fn each(visitor: &mut impl Visitor) {
    visitor.table(|design| &design.space.environments);
    visitor.table(|design| &design.space.lifecycles);
    visitor.table(|design| &design.project.channels);
    visitor.table(|design| &design.space.worker_pools);
    visitor.table(|design| &design.space.feeds);
    visitor.table(|design| &design.space.accounts);
    visitor.table(|design| &design.space.certificates);
    visitor.table(|design| &design.space.teams);
    visitor.table(|design| &design.space.targets);
    visitor.table(|design| &design.space.tenants);
    visitor.table(|design| &design.space.library_sets);
    visitor.table(|design| &design.space.step_templates);
    visitor.table(|design| &design.project.runbooks);
}
