//! Values derived from signals, computed again only when what they read changes,
//! and passed on only when they differ.
//!
//! The same as a memo, but one type inside for all values: the machinery of
//! memos is in the app once, not once for every type of value.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value of some type that can be told from another of that type.
trait Comparable: Any + Send + Sync {
    fn is_same(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Opaque(Arc<dyn Comparable>);

impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.is_same((*other.0).as_any())
    }
}

/// A derived value; copies are handles to the same one.
pub struct Derived<T> {
    memo: Memo<Opaque>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// The value that `derive` gives.
    pub fn new(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { memo: memo(Box::new(move || Opaque(Arc::new(derive())))), kind: PhantomData }
    }

    /// Reads the value; what reads it runs again when it changes.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let value = self.memo.get();
        read(Self::inside(&value))
    }

    /// Reads the value as it is now, for handlers.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let value = self.memo.get_untracked();
        read(Self::inside(&value))
    }

    fn inside(value: &Opaque) -> &T {
        // Only `new` makes one, and from a `T`.
        (*value.0).as_any().downcast_ref().unwrap_or_else(|| unreachable!())
    }
}

impl<T: PartialEq + Clone + Send + Sync + 'static> Derived<T> {
    /// A copy of the value; what takes it runs again when it changes.
    #[must_use]
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value as it is now, for handlers.
    #[must_use]
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

#[inline(never)]
fn memo(derive: Box<dyn Fn() -> Opaque + Send + Sync>) -> Memo<Opaque> {
    Memo::new(move |_| derive())
}
