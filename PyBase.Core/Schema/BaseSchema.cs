using PyBase.Core.Errors;

namespace PyBase.Core.Schema;

/// <summary>All definitions of a base at one schema version; immutable, replaced whole.</summary>
/// <param name="Id"><c>app…</c></param>
/// <param name="Epoch">Changes on restore, promotion and move; versions of another epoch mean nothing.</param>
/// <param name="Version">Counts schema changes of the base.</param>
/// <param name="Tables">In the order people see them.</param>
public sealed record BaseSchema(string Id, string Epoch, long Version, IReadOnlyList<Table> Tables)
{
    /// <summary>Some table has rules, so that what is seen depends on who looks.</summary>
    public bool HasRules => Tables.Any(t => t.Rules is not null);

    /// <summary>All definitions, where these are what somebody may know of them (<see cref="Permissions.Scoping"/>).</summary>
    public BaseSchema? Whole { get; init; }

    /// <summary>The same for all readers who see the same; empty where nothing is hidden.</summary>
    public string Class { get; init; } = "";

    /// <summary>The definitions without the personal views of others.</summary>
    public BaseSchema SeenBy(string? userId) => Tables.Any(t => t.Views.Any(v => !v.IsSeenBy(userId))) ? this with { Tables = [.. Tables.Select(t => t.SeenBy(userId))] } : this;

    /// <summary>By id first, then by exact name, as Airtable resolves.</summary>
    public Table? Find(string idOrName) => Tables.FirstOrDefault(t => t.Id == idOrName) ?? Tables.FirstOrDefault(t => t.Name == idOrName);

    /// <summary>The table, or the refusal that Airtable's clients know.</summary>
    public Result<Table> Get(string idOrName) => Find(idOrName) is { } table ? table : SchemaErrors.ModelNotFound;
}

/// <summary>A table's definition.</summary>
/// <param name="Id"><c>tbl…</c></param>
/// <param name="Name">Unique in the base.</param>
/// <param name="Description">For people, may be null.</param>
/// <param name="PrimaryFieldId">The field that names its records.</param>
/// <param name="Fields">In the order people see them.</param>
/// <param name="Views">In the order people see them; the first is shown first.</param>
public sealed record Table(string Id, string Name, string? Description, string PrimaryFieldId, IReadOnlyList<Field> Fields, IReadOnlyList<View> Views)
{
    /// <summary>By id first, then by exact name.</summary>
    public Field? Find(string idOrName) => Fields.FirstOrDefault(f => f.Id == idOrName) ?? Fields.FirstOrDefault(f => f.Name == idOrName);

    /// <summary>Fields that together tell its records apart.</summary>
    public IReadOnlyList<Constraints.UniqueConstraint> Unique { get; init; } = [];

    /// <summary>When its records are released; null when they never are.</summary>
    public Releases.ReleaseRule? Release { get; init; }

    /// <summary>Who may read and write what of it; null when everybody may what their role allows.</summary>
    public Permissions.TableRules? Rules { get; init; }

    /// <summary>What rules leave the reader of it; null when they take nothing.</summary>
    public Permissions.TableScope? Scope { get; init; }

    /// <summary>The rules let the reader write the field's cells.</summary>
    public bool MayWrite(Field field) => Scope?.ReadOnly.Contains(field.Id) is not true;

    /// <summary>The view of that id or name.</summary>
    public View? FindView(string idOrName) => Views.FirstOrDefault(v => v.Id == idOrName) ?? Views.FirstOrDefault(v => v.Name == idOrName);

    /// <summary>The table without the personal views of others.</summary>
    public Table SeenBy(string? userId) => Views.All(v => v.IsSeenBy(userId)) ? this : this with { Views = [.. Views.Where(v => v.IsSeenBy(userId))] };

    /// <summary>The field that names the records.</summary>
    public Field Primary => Fields.First(f => f.Id == PrimaryFieldId);
}

/// <summary>A field's definition; <paramref name="Type"/> carries its options.</summary>
public sealed record Field(string Id, string Name, string? Description, Fields.FieldType Type)
{
    /// <summary>What it asks of its cells beyond their type.</summary>
    public Constraints.FieldConstraints Constraints { get; init; } = PyBase.Core.Constraints.FieldConstraints.None;

    /// <summary>False where its options name what the reader may not know.</summary>
    public bool ShowsOptions { get; init; } = true;
}

/// <summary>A saved way to look at a table.</summary>
public sealed record View(string Id, string Name, string Type)
{
    /// <summary>What it shows, and how.</summary>
    public Views.ViewSettings Settings { get; init; } = Views.ViewSettings.None;

    /// <summary>Whose alone it is (<c>usr…</c>); null for one that everybody sees.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Nobody changes it before it is unlocked.</summary>
    public bool IsLocked { get; init; }

    /// <summary>True for everybody's, and for one's own.</summary>
    public bool IsSeenBy(string? userId) => OwnerId is null || OwnerId == userId;
}
