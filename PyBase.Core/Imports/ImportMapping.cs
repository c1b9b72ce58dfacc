using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Imports;

/// <summary>What becomes of rows with a cell that cannot be read.</summary>
public enum BadRows
{
    /// <summary>Nothing is imported.</summary>
    Stop,
    /// <summary>They are left out.</summary>
    Skip,
    /// <summary>The cell stays empty.</summary>
    EmptyCells,
}

/// <summary>Where a column of the file goes.</summary>
/// <param name="Column">Its name in the file.</param>
/// <param name="Field">Id or name of a field of the table; null for a new one.</param>
/// <param name="NewField">The field to be made.</param>
/// <param name="Form">How it is written.</param>
/// <param name="IsTables">The table is its master: a cell that is filled there stays, and a file that says otherwise is a conflict.</param>
public sealed record MappedColumn(string Column, string? Field, FieldSpec? NewField, CellForm Form, bool IsTables = false);

/// <summary>How rows of the file meet records that are there.</summary>
/// <param name="On">Fields of the mapping, by id or name, whose cells tell records apart.</param>
/// <param name="Updates">Records that are found are changed; else left alone.</param>
/// <param name="Creates">Rows without a record make one; else are left out.</param>
/// <param name="EmptyCellsOverwrite">An empty cell of the file empties the record's.</param>
/// <param name="FoldsPartNumbers">Keys are compared as part numbers: without case, spaces and dashes, letters of other scripts as those they look like.</param>
public sealed record ImportMerge(IReadOnlyList<string> On, bool Updates, bool Creates, bool EmptyCellsOverwrite, bool FoldsPartNumbers = false);

/// <summary>What is to be made of a file of rows: suggested by a preview, decided by a person.</summary>
/// <param name="Table">The table to fill; null for a new one.</param>
/// <param name="NewTable">What the new table is called.</param>
/// <param name="Columns">Columns that go somewhere; the first names the records of a new table.</param>
/// <param name="Merge">Null: every row makes a record.</param>
/// <param name="BadRows">Of rows that cannot be read.</param>
/// <param name="KeepIds">Records get the ids that the file gives them, where it does.</param>
public sealed record ImportMapping(string? Table, string? NewTable, IReadOnlyList<MappedColumn> Columns, ImportMerge? Merge, BadRows BadRows, bool KeepIds)
{
    /// <summary><c>{"table":"tbl…","columns":[{"column":"Qty","field":"fld…"}],"merge":{"on":["fld…"]},"badRows":"skip"}</c></summary>
    public static Result<ImportMapping> Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return ImportErrors.InvalidMapping("it is an object");
        if (!json.TryGetList("columns", out var items) || items.Count is 0 or > TableSpec.MaxFields)
            return ImportErrors.InvalidMapping($"columns is a list of 1 to {TableSpec.MaxFields} objects");
        var columns = new List<MappedColumn>();
        foreach (var item in items)
        {
            if (!ReadColumn(item).TryGet(out var column, out var error))
                return error;
            columns.Add(column);
        }
        var table = json.GetText("table");
        var name = json.GetText("newTable")?.Trim();
        if (table is null == name is null || name?.Length is 0 or > TableSpec.MaxName)
            return ImportErrors.InvalidMapping("it names either table or newTable");
        if (columns.GroupBy(c => c.Field ?? c.NewField!.Name).Any(g => g.Count() > 1))
            return ImportErrors.InvalidMapping("every field is filled from one column");
        if (table is null && columns.Any(c => c.NewField is null))
            return ImportErrors.InvalidMapping("a new table has new fields only");
        if (Enum(json, "badRows", BadRows.Stop) is not { } badRows)
            return ImportErrors.InvalidMapping("badRows is stop, skip or emptyCells");
        if (!ReadMerge(json, columns).TryGet(out var merge, out var unfit) && unfit is not null)
            return unfit;
        return new ImportMapping(table, name, columns, merge, badRows, json.GetFlag("keepIds") ?? false);
    }

    static Result<MappedColumn> ReadColumn(JsonElement item)
    {
        if (item.GetText("column") is not { } column)
            return ImportErrors.InvalidMapping("every column has the name of a column of the file");
        if (Enum(item, "numbers", NumberForm.Point) is not { } numbers || Enum(item, "dates", DateForm.YearFirst) is not { } dates)
            return ImportErrors.InvalidMapping("numbers is point or comma, dates is yearFirst, dayFirst or monthFirst");
        var form = new CellForm(numbers, dates);
        if ((item.GetText("master") ?? "file") is not ("file" or "table"))
            return ImportErrors.InvalidMapping("master is file or table");
        if (item.GetText("field") is { } field)
            return new MappedColumn(column, field, null, form, item.GetText("master") == "table");
        return item.TryGet("newField", out var spec)
            ? FieldSpec.Read(spec).Then<MappedColumn>(read => new MappedColumn(column, null, read, form))
            : ImportErrors.InvalidMapping($"column \"{column.Excerpt()}\" names a field or a newField");
    }

    static Result<ImportMerge?> ReadMerge(JsonElement json, List<MappedColumn> columns)
    {
        if (!json.TryGet("merge", out var merge) || merge.ValueKind is JsonValueKind.Null)
            return (ImportMerge?)null;
        if (!merge.TryGetList("on", out var on) || on.Count is 0 or > Records.Upsert.MaxFields || on.Any(key => key.ValueKind is not JsonValueKind.String))
            return ImportErrors.InvalidMapping($"merge.on is a list of one to {Records.Upsert.MaxFields} fields");
        string[] keys = [.. on.Select(key => key.GetString()!)];
        if (keys.FirstOrDefault(key => columns.All(c => c.Field != key)) is { } missing)
            return ImportErrors.InvalidMapping($"merge.on names \"{missing.Excerpt()}\", which no column fills; name it as the column does");
        var (existing, absent) = (merge.GetText("existing") ?? "update", merge.GetText("missing") ?? "create");
        if (existing is not ("update" or "skip") || absent is not ("create" or "skip"))
            return ImportErrors.InvalidMapping("merge.existing is update or skip, merge.missing is create or skip");
        var folds = merge.GetText("compare") == "partNumber";
        return folds && keys.Length > 1 ? ImportErrors.InvalidMapping("part numbers are compared in one field")
            : new ImportMerge(keys, existing == "update", absent == "create", merge.GetText("emptyCells") == "overwrite", folds);
    }

    static T? Enum<T>(JsonElement json, string property, T usual) where T : struct, Enum =>
        !json.TryGet(property, out var value) || value.ValueKind is JsonValueKind.Null ? usual
            : value.ValueKind is JsonValueKind.String && System.Enum.TryParse<T>(value.GetString(), ignoreCase: true, out var read) && System.Enum.IsDefined(read) && !char.IsAsciiDigit(value.GetString()![0]) ? read : null;

    /// <summary>As <see cref="Read"/> takes it.</summary>
    public JsonObject Write()
    {
        var json = new JsonObject();
        if (Table is not null)
            json["table"] = Table;
        if (NewTable is not null)
            json["newTable"] = NewTable;
        json["columns"] = new JsonArray([.. Columns.Select(Write)]);
        json["merge"] = Merge is null ? null : new JsonObject
        {
            ["on"] = new JsonArray([.. Merge.On.Select(key => (JsonNode)key)]), ["existing"] = Merge.Updates ? "update" : "skip", ["missing"] = Merge.Creates ? "create" : "skip",
            ["emptyCells"] = Merge.EmptyCellsOverwrite ? "overwrite" : "keep", ["compare"] = Merge.FoldsPartNumbers ? "partNumber" : "exact",
        };
        json["badRows"] = Spell(BadRows);
        json["keepIds"] = KeepIds;
        return json;
    }

    static JsonNode Write(MappedColumn column)
    {
        var json = new JsonObject { ["column"] = column.Column };
        if (column.Field is not null)
            json["field"] = column.Field;
        if (column.NewField is { } spec)
        {
            var field = new JsonObject { ["name"] = spec.Name, ["type"] = spec.Type };
            if (spec.Options.ValueKind is JsonValueKind.Object)
                field["options"] = JsonObject.Create(spec.Options);
            json["newField"] = field;
        }
        if (column.IsTables)
            json["master"] = "table";
        json["numbers"] = Spell(column.Form.Numbers);
        json["dates"] = Spell(column.Form.Dates);
        return json;
    }

    static string Spell<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
