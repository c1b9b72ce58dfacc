using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Permissions;

/// <summary>The rows that somebody may read and write.</summary>
/// <param name="Schema">The definitions with all fields, as the formula may read what they may not.</param>
/// <param name="Table">The table with all fields.</param>
/// <param name="Formula">True for their rows; null when it means nothing any more, and then there are none.</param>
public sealed record RowScope(BaseSchema Schema, Table Table, Formula? Formula);

/// <summary>What rules leave somebody of a table; its fields are the ones they may read.</summary>
/// <param name="Rows">Which rows; null for all.</param>
/// <param name="Hidden">Fields that are not there for them.</param>
/// <param name="ReadOnly">Fields that they read and do not write.</param>
/// <param name="FilteredLinks">Links to tables of which they see some rows: their cells show those.</param>
public sealed record TableScope(RowScope? Rows, IReadOnlySet<string> Hidden, IReadOnlySet<string> ReadOnly, IReadOnlyList<Field> FilteredLinks)
{
    /// <summary>That of the definitions (<see cref="BaseSchema.Class"/>).</summary>
    public string Class { get; init; } = "";

    /// <summary>More than the table's own rows decides what is seen of it, so that its version does not tell whether an answer is still right.</summary>
    public bool ReadsOthers => FilteredLinks.Count > 0 || Rows?.Formula is { } formula && (formula.Clock is not FormulaClock.None || formula.Fields.Any(f => f.Type is MultipleRecordLinks));
}
