using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Conversions;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Search;

namespace PyBase.Storage.Schema;

/// <summary>One cell before and after, as text; <paramref name="To"/> is null where nothing is left.</summary>
public sealed record ConversionSample(string Record, string From, string? To);

/// <summary>What a conversion does to the cells of a field.</summary>
/// <param name="Rows">Records of the table.</param>
/// <param name="Converted">Cells that keep all they say.</param>
/// <param name="Shortened">Cells that keep a part.</param>
/// <param name="Emptied">Cells that lose everything.</param>
/// <param name="Samples">Some cells, those that lose something first.</param>
public sealed record ConversionReport(int Rows, int Converted, int Shortened, int Emptied, IReadOnlyList<ConversionSample> Samples);

/// <summary>What somebody wants a field to be.</summary>
public sealed record ConversionSpec(string Type, JsonElement Options, string? InverseName = null);

/// <summary>Fields become fields of another type: shown first what would be lost, then done, each in the same way.</summary>
public sealed class FieldConversions(NpgsqlDataSource data, SchemaStore schemas, BaseStore bases, Collaborators people)
{
    const int Samples = 10;

    /// <summary>What would become of the cells. Nothing is written, and nobody waits.</summary>
    public async Task<Result<ConversionReport>> PreviewAsync(string baseId, string table, string field, ConversionSpec spec, CancellationToken cancellation)
    {
        if (await schemas.FindAsync(baseId, cancellation) is not { } schema)
            return SchemaErrors.ModelNotFound;
        if (!Plan(schema, table, field, spec).TryGet(out var plan, out var error))
            return error;
        var everybody = await PeopleAsync(baseId, plan, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var cells = await FieldConversionCells.ReadAsync(connection, schema, plan.Table, plan.From, plan.To, everybody, cancellation);
        return cells.Then<ConversionReport>(found => Report(found, everybody));
    }

    /// <summary>Converts the field, all of its cells or none.</summary>
    public async Task<Result<(Field Field, ConversionReport Report)>> ConvertAsync(string baseId, string table, string field, ConversionSpec spec, Origin origin, CancellationToken cancellation)
    {
        if (await schemas.FindAsync(baseId, cancellation) is not { } schema)
            return SchemaErrors.ModelNotFound;
        if (!Plan(schema, table, field, spec).TryGet(out var planned, out var error))
            return error;
        var everybody = await PeopleAsync(baseId, planned, cancellation);
        try
        {
            return await bases.EditAsync<(Field, ConversionReport)>(baseId, origin, now => Plan(now, table, field, spec).Then<bool>(_ => true), async editor =>
            {
                var plan = Plan(editor.Schema, table, field, spec).Value;
                await editor.Transaction.ExecuteAsync("set local statement_timeout = '5s'", cancellation);
                var cells = await FieldConversionCells.ReadAsync(await editor.Transaction.ConnectionAsync(cancellation), editor.Schema, plan.Table, plan.From, plan.To, everybody, cancellation);
                if (!cells.TryGet(out var found, out var tooMuch))
                    return tooMuch;
                var before = editor.Schema;
                var done = await new FieldConversionColumns(editor).ConvertAsync(plan.Table.Id, found, spec.InverseName, cancellation);
                if (done.IsOk && await editor.SettleAsync(before, [plan.From.Id], cancellation) is { } untrue)
                    return untrue;
                SearchWriter.Rebuild(editor.Transaction, editor.Schema.Find(plan.Table.Id)!);
                return done.Then<(Field, ConversionReport)>(made => (made, Report(found, everybody)));
            }, cancellation);
        }
        catch (PostgresException slow) when (slow.SqlState is PostgresErrorCodes.QueryCanceled && !cancellation.IsCancellationRequested)
        {
            return ConversionErrors.TooLarge;
        }
    }

    sealed record Planned(Table Table, Field From, FieldType To);

    static Result<Planned> Plan(BaseSchema schema, string tableName, string fieldName, ConversionSpec spec)
    {
        if (!schema.Get(tableName).TryGet(out var table, out var error))
            return error;
        if (table.Find(fieldName) is not { } from)
            return SchemaErrors.ModelNotFound;
        if (!TypeOf(schema, from, spec).TryGet(out var to, out error))
            return error;
        if (CellConversion.Refusal(from, to) is { } refusal)
            return refusal;
        if (table.PrimaryFieldId == from.Id && !to.CanBePrimary)
            return FieldErrors.NotPrimary(to.Name);
        if (IsConstrained(table, from))
            return ConversionErrors.HasConstraints(from.Name);
        if (from.Type is MultipleRecordLinks { InverseFieldId: { } inverse } link && schema.Find(link.LinkedTableId) is { } far && far.Find(inverse) is { } farField && IsConstrained(far, farField))
            return ConversionErrors.HasConstraints(farField.Name);
        return new Planned(table, from, to);
    }

    static bool IsConstrained(Table table, Field field) => field.Constraints != FieldConstraints.None || table.Unique.Any(c => c.FieldIds.Contains(field.Id));

    /// <summary>A select that is told no choices keeps those it has, with their ids.</summary>
    static Result<FieldType> TypeOf(BaseSchema schema, Field from, ConversionSpec spec)
    {
        var options = spec.Options;
        if (from.Type is ISelect && !options.TryGet("choices", out _) && from.Type.StoredOptions() is { } stored)
        {
            using var known = JsonDocument.Parse(stored);
            if (FieldTypes.Read(spec.Type, known.RootElement, Scope(schema, from)) is { IsOk: true, Value: ISelect and FieldType select })
                return select;
        }
        return FieldTypes.Read(spec.Type, options, Scope(schema, from));
    }

    static FieldScope Scope(BaseSchema schema, Field from) => new(from.Id, table => schema.Tables.Any(t => t.Id == table));

    async Task<People?> PeopleAsync(string baseId, Planned plan, CancellationToken cancellation) =>
        plan.From.Type is IShowsPeople || plan.To is IShowsPeople ? await people.LoadAsync(baseId, cancellation) : null;

    static ConversionReport Report(FieldConversionCells cells, People? people)
    {
        var text = new CellText(people, new Dictionary<string, string>());
        var samples = cells.Cells.OrderBy(cell => cell.New is null ? 0 : cell.IsWhole ? 2 : 1).Take(Samples)
            .Select(cell => new ConversionSample(cell.RecordId, cell.From.Excerpt(), cell.New is null ? null : text.Of(cells.To, cell.New).Excerpt()));
        return new ConversionReport(cells.Rows, Count(cell => cell.New is not null && cell.IsWhole), Count(cell => cell.New is not null && !cell.IsWhole), Count(cell => cell.New is null), [.. samples]);

        int Count(Func<FieldConversionCell, bool> which) => cells.Cells.Where(which).Sum(cell => cell.Count);
    }
}
