using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>Which records of a table a request is about, in its words; the same for pages, aggregates, positions and reports.</summary>
public sealed record Selection(JsonElement Filter, string? View, string? Search, string? TimeZone, string? FilterByFormula)
{
    /// <summary>The same with names resolved.</summary>
    public readonly record struct Selected(Filter? Filter, Search? Search, IReadOnlyList<Sort> Order, View? View);

    /// <summary>From the body of a request.</summary>
    public static Selection Read(JsonElement body) => new(
        body.TryGet("filter", out var filter) ? filter : default, body.GetText("view"), body.GetText("search"), body.GetText("timeZone"), body.GetText("filterByFormula"));

    /// <summary>What all conditions together mean: the request's and its view's; the order is the view's.</summary>
    public Result<Selected> Plan(BaseSchema schema, Table table)
    {
        Filter? formula = null;
        if (!string.IsNullOrWhiteSpace(FilterByFormula))
        {
            if (!Formula.Compile(FilterByFormula, new FormulaScope(schema, table)).TryGet(out var compiled, out var invalid))
                return QueryErrors.InvalidFilterByFormula(invalid.Message);
            formula = new Filter.Where(compiled);
        }
        View? view = null;
        if (!string.IsNullOrEmpty(View) && (view = table.FindView(View)) is null)
            return RecordErrors.UnknownView(View);
        // A cell's text in a list names a zone only for how it looks; where days begin is the same question.
        if (!DaySpan.ZoneOf(TimeZone).TryGet(out var zone, out var error))
            return error;
        if (!new FilterScope(table, zone).Read(Filter).TryGet(out var own, out error) && error is not null)
            return error;
        if (!Queries.Search.Read(Search).TryGet(out var search, out error) && error is not null)
            return error;
        Filter[] parts = [.. new[] { view?.Settings.Filter(table), own, formula }.OfType<Filter>()];
        var filter = parts.Length switch { 0 => null, 1 => parts[0], _ => new Filter.Group(true, parts) };
        return new Selected(filter, search, view?.Settings.Order(table) ?? [], view);
    }
}
