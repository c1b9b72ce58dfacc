using PyBase.Core.Errors;

namespace PyBase.Core.Views;

/// <summary>Refusals about views.</summary>
public static class ViewErrors
{
    /// <summary>Most views of a table.</summary>
    public const int MaxViews = 500;

    /// <summary>The table has no such view.</summary>
    public static readonly Error NotFound = new("view-not-found", ErrorKind.NotFound, "There is no such view in this table.");

    /// <summary>Names are unique within a table, and not empty.</summary>
    public static Error NameTaken(string name) =>
        new("duplicate-or-empty-view-name", ErrorKind.Invalid, name.Length == 0 ? "A view needs a name." : $"There is a view \"{name.Excerpt()}\" already.");

    /// <summary>No such type.</summary>
    public static Error UnknownType(string type) => new("invalid-view-type", ErrorKind.Invalid, $"Unknown view type \"{type.Excerpt()}\".", $"View types: {string.Join(", ", ViewTypes.Names)}.");

    /// <summary>The settings do not fit the table or the type.</summary>
    public static Error InvalidSettings(string rule) => new("invalid-view-settings", ErrorKind.Invalid, $"Invalid view settings: {rule}.");

    /// <summary>A table is looked at through a view.</summary>
    public static readonly Error LastView = new("last-view", ErrorKind.Invalid, "A table keeps at least one view that everybody sees.", "Make another one first.");

    /// <summary>Somebody wants it to stay as it is.</summary>
    public static readonly Error Locked = new("view-locked", ErrorKind.Conflict, "The view is locked.", "Unlock it first, or duplicate it and change the copy.");

    /// <summary>The table is full of them.</summary>
    public static readonly Error TooMany = new("too-many-views", ErrorKind.Invalid, $"A table has at most {MaxViews} views.");
}
