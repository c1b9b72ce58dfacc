using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;

namespace PyBase.Core.Fields;

/// <summary>
/// What a field means: how its options read, which values it accepts, how a cell is stored and shown. One file per type;
/// a family is a list (<see cref="FieldTypes"/>). An instance carries its options and never changes.
/// </summary>
public abstract class FieldType
{
    /// <summary>Airtable's name of the type, for instance <c>singleLineText</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How its cells are stored.</summary>
    public abstract ColumnType Column { get; }

    /// <summary>What a formula sees of a cell: choices by name, links by the primary value of the linked record, files by name.</summary>
    public virtual FormulaType Value => Column switch
    {
        ColumnType.Number => new(ValueKind.Number),
        ColumnType.Boolean => new(ValueKind.Boolean),
        ColumnType.Date => new(ValueKind.Date),
        ColumnType.Instant => new(ValueKind.Instant),
        ColumnType.Ids or ColumnType.Texts => new(ValueKind.Text, IsList: true),
        ColumnType.Numbers => new(ValueKind.Number, IsList: true),
        ColumnType.Booleans => new(ValueKind.Boolean, IsList: true),
        ColumnType.Dates => new(ValueKind.Date, IsList: true),
        ColumnType.Instants => new(ValueKind.Instant, IsList: true),
        _ => new(ValueKind.Text),
    };

    /// <summary>Nobody writes its cells: they follow from others.</summary>
    public virtual bool IsComputed => false;

    /// <summary>A cell may hold an error in place of a value.</summary>
    public virtual bool CanFail => false;

    /// <summary>The column that every table has and the field shows; null for a field with a column of its own.</summary>
    public virtual string? SystemColumn => null;

    /// <summary>What a cell holds until somebody writes or computes it; null for an empty cell.</summary>
    public virtual string? Initial => null;

    /// <summary>May it be a table's primary field?</summary>
    public virtual bool CanBePrimary => true;

    /// <summary>Writes the value of the property <c>options</c>; null when the type has none.</summary>
    public virtual Action<Utf8JsonWriter>? Options => null;

    /// <summary>
    /// A cell value as a client sends it → as it is stored (string, double, bool, DateOnly, string[] or JSON text), null for an empty cell.
    /// </summary>
    public abstract Result<object?> Parse(JsonElement value, CellInput input);

    /// <summary>Writes a cell that is not empty, in the form of <c>/v0</c>.</summary>
    public abstract void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format);

    /// <summary>An empty cell.</summary>
    protected static readonly Result<object?> Empty = (object?)null;

    /// <summary>
    /// A stored value. Said outright, as is <see cref="Empty"/>: with a bare object among them the arms of a switch are objects all, and an error among those
    /// would be taken for a value.
    /// </summary>
    protected static Result<object?> Cell(object value) => value;

    /// <summary>The refusal Airtable's clients know for a value of the wrong shape.</summary>
    protected static Result<object?> Refuse(CellInput input) => CellErrors.InvalidValue(input.FieldName);
}
