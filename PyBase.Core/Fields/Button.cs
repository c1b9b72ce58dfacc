using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>button</c>: <c>{label,url}</c> in every row. The column holds the address that the formula in <c>url</c> gives, empty text where it gives
/// none, so that the cell is never blank. The formula is kept with fields named by id, as a formula field's is.
/// </summary>
public sealed class Button : Computed
{
    readonly string label;
    readonly string? url;

    Button(string label, string? url, Formula? formula = null) => (this.label, this.url, Formula) = (label, url, formula);

    /// <summary>What stands on it.</summary>
    public string Label => label;

    const int MaxFormula = 20_000;

    /// <summary>The address as text; null for a button without one, and while it is not valid.</summary>
    public Formula? Formula { get; }

    /// <inheritdoc/>
    public override string Name => "button";

    /// <inheritdoc/>
    public override FormulaClock Clock => Formula?.Clock ?? FormulaClock.None;

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Text;

    /// <inheritdoc/>
    public override string? Initial => "";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        if (url is not null)
            json.WriteString("url", url);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (url is null)
            return this;
        var scope = new FormulaScope(schema, table);
        // As text, whatever it comes to.
        return Formula.Compile(url, scope).Then(FormulaField.Valid).Then(given => Formula.Compile($"CONCATENATE({given.Text})", scope).Then<(Formula Given, Formula Text)>(text => (given, text))).TryGet(out var both, out var error)
            ? new Button(label, both.Given.Text, both.Text) { Dependencies = FormulaField.DependenciesOf(both.Text, schema, table) }
            : new Button(label, url) { Fault = error };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        if (row.GetString(column) is { Length: > 0 } address)
            json.WriteString("url", address);
        else
            json.WriteNull("url");
        json.WriteEndObject();
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var label = options.TryGet("label", out _) ? options.GetText("label")?.Trim() : "Open";
        var hasUrl = options.TryGet("url", out var given) && given.ValueKind is not JsonValueKind.Null;
        var formula = hasUrl ? options.GetText("url")?.Trim() : null;
        return label is { Length: > 0 and <= Schema.TableSpec.MaxName } && (!hasUrl || formula is { Length: > 0 and <= MaxFormula })
            ? new Button(label, formula)
            : FieldErrors.InvalidOptions("button", $"label has 1 to {Schema.TableSpec.MaxName} characters, url is a formula of at most {MaxFormula}");
    }
}
