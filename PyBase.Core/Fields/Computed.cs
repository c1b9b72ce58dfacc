using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// What the computed types share. Their options name other fields, so a field is read from its options first and then resolved against the base's
/// definitions; one whose references are gone stays, with empty cells, and says <c>isValid: false</c>.
/// </summary>
public abstract class Computed : FieldType
{
    /// <inheritdoc/>
    public override bool IsComputed => true;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <summary>What its cells are made of: other cells of the row, and cells of linked rows.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; private protected init; } = [];

    /// <summary>The fields whose last change it asks for, of its own table or of one that it reads through a link.</summary>
    public virtual IReadOnlyList<string> Watched => [];

    /// <summary>Its cells change with time alone.</summary>
    public virtual FormulaClock Clock => FormulaClock.None;

    /// <summary>Why it has no values; null for a field that is as it should be.</summary>
    public Error? Fault { get; private protected init; }

    /// <summary>The same field with its references looked up in these definitions; one that cannot be has a <see cref="Fault"/>.</summary>
    public virtual Computed Resolve(BaseSchema schema, Table table) => this;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => CellErrors.Computed(input.FieldName);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        switch (Column)
        {
            case ColumnType.Number:
                Numeric.Write(json, row.GetDouble(column));
                break;
            case ColumnType.Date:
                json.WriteStringValue(row.GetFieldValue<DateOnly>(column).ToString("O", CultureInfo.InvariantCulture));
                break;
            case ColumnType.Instant:
                Instants.Write(json, row.GetDateTime(column));
                break;
            case ColumnType.Boolean:
                json.WriteBooleanValue(row.GetBoolean(column));
                break;
            case ColumnType.Texts or ColumnType.Ids:
                WriteList(row.GetFieldValue<string?[]>(column), json.WriteStringValue);
                break;
            case ColumnType.Numbers:
                WriteList(row.GetFieldValue<double?[]>(column), number => Numeric.Write(json, number!.Value));
                break;
            case ColumnType.Booleans:
                WriteList(row.GetFieldValue<bool?[]>(column), tick => json.WriteBooleanValue(tick!.Value));
                break;
            case ColumnType.Dates:
                WriteList(row.GetFieldValue<DateOnly?[]>(column), day => json.WriteStringValue(day!.Value.ToString("O", CultureInfo.InvariantCulture)));
                break;
            case ColumnType.Instants:
                WriteList(row.GetFieldValue<DateTime?[]>(column), instant => Instants.Write(json, instant!.Value));
                break;
            default:
                json.WriteStringValue(CellBytes.Of(row, column));
                break;
        }

        void WriteList<T>(T[] items, Action<T> write)
        {
            json.WriteStartArray();
            foreach (var item in items)
                if (item is not null)
                    write(item);
            json.WriteEndArray();
        }
    }

    /// <summary>How values of this type are stored; a truth value as 1 or 0, as Airtable shows it.</summary>
    protected static ColumnType ColumnOf(FormulaType type) => (type.Kind, type.IsList) switch
    {
        (ValueKind.Number or ValueKind.Boolean, false) => ColumnType.Number,
        (ValueKind.Date, false) => ColumnType.Date,
        (ValueKind.Instant, false) => ColumnType.Instant,
        (ValueKind.Number, true) => ColumnType.Numbers,
        (ValueKind.Boolean, true) => ColumnType.Booleans,
        (ValueKind.Date, true) => ColumnType.Dates,
        (ValueKind.Instant, true) => ColumnType.Instants,
        (_, true) => ColumnType.Texts,
        _ => ColumnType.Text,
    };

    /// <summary>The property <c>result</c>: the field type whose form the values have.</summary>
    private protected static void WriteResult(Utf8JsonWriter json, FormulaType type)
    {
        json.WriteStartObject("result");
        switch (type.Kind)
        {
            case ValueKind.Number or ValueKind.Boolean:
                json.WriteString("type", "number");
                json.WriteStartObject("options");
                json.WriteNumber("precision", type.Kind is ValueKind.Boolean ? 0 : 8);
                json.WriteEndObject();
                break;
            case ValueKind.Date:
                json.WriteString("type", "date");
                json.WriteStartObject("options");
                Dates.WriteDay(json, "iso");
                json.WriteEndObject();
                break;
            case ValueKind.Instant:
                json.WriteString("type", "dateTime");
                json.WriteStartObject("options");
                Dates.WriteDay(json, "iso");
                Dates.WriteTime(json, "24hour");
                json.WriteString("timeZone", "utc");
                json.WriteEndObject();
                break;
            default:
                json.WriteString("type", "singleLineText");
                break;
        }
        json.WriteEndObject();
    }
}
