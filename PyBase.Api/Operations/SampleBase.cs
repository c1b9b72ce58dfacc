using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Operations;

/// <summary>A small base that shows what tables do: parts of a gearbox and who supplies them.</summary>
sealed class SampleBase(BaseAccess access, BaseStore bases, RecordStore records)
{
    static readonly WriteOptions Options = new(Typecast: true, Replace: false, ByFieldId: false, new CellFormat(id => id));

    public async Task<Result<BaseSchema>> CreateAsync(CancellationToken cancellation)
    {
        if (await access.InstallationOwnerAsync(cancellation) is not { } owner)
            return OperationsErrors.NoOwner;
        var origin = new Origin(owner.UserId, "LoadSampleBase");
        var made = await bases.CreateAsync(owner.WorkspaceId, "Gearbox (sample)", [Suppliers], origin, cancellation);
        if (!made.TryGet(out var schema, out var error))
            return error;
        var parts = Parts(schema.Tables[0].Id);
        if (!(await bases.EditAsync(schema.Id, origin, _ => true, editor => editor.AddTableAsync(parts, cancellation), cancellation)).TryGet(out _, out error))
            return error;
        foreach (var (table, rows) in Rows)
        {
            using var body = JsonDocument.Parse(rows);
            RecordInput[] inputs = [.. body.RootElement.EnumerateArray().Select(fields => new RecordInput(null, fields))];
            if (!(await records.WriteAsync(schema.Id, table, inputs, Options, origin, cancellation)).TryGet(out _, out error))
                return error;
        }
        return schema with { Tables = [.. schema.Tables, .. new[] { schema.Tables[0] with { Name = parts.Name } }] };
    }

    static TableSpec Suppliers => new("Suppliers", "Who we buy from.", [new("Name", "singleLineText"), new("Notes", "multilineText")]);

    static TableSpec Parts(string suppliers) => new("Parts", "What a gearbox is made of.",
    [
        new("Part number", "singleLineText"), new("Description", "multilineText"), new("Quantity", "number", Json("""{"precision":0}""")),
        new("Mass (kg)", "number", Json("""{"precision":3}""")), new("Status", "singleSelect", Json("""{"choices":[{"name":"In design"},{"name":"In review"},{"name":"Released"}]}""")),
        new("Ordered", "checkbox"), new("Due", "date"), new("Supplier", "multipleRecordLinks", Json($$"""{"linkedTableId":"{{suppliers}}"}""")),
    ]);

    static readonly (string Table, string Rows)[] Rows =
    [
        ("Suppliers", """[{"Name":"Nordic Castings"},{"Name":"Precision Gears Ltd","Notes":"Lead time six weeks."},{"Name":"Bolt & Co"}]"""),
        ("Parts", """
            [{"Part number":"GB-100","Description":"Housing, lower half","Quantity":1,"Mass (kg)":12.4,"Status":"Released","Ordered":true,"Due":"2027-01-15"},
             {"Part number":"GB-110","Description":"Housing, upper half","Quantity":1,"Mass (kg)":9.85,"Status":"In review","Due":"2027-01-22"},
             {"Part number":"GB-200","Description":"Input shaft, 18 teeth","Quantity":1,"Mass (kg)":2.31,"Status":"In design"},
             {"Part number":"GB-210","Description":"Output shaft, 54 teeth","Quantity":1,"Mass (kg)":6.02,"Status":"In design"},
             {"Part number":"GB-300","Description":"Bearing 6206","Quantity":4,"Mass (kg)":0.2,"Status":"Released","Ordered":true},
             {"Part number":"GB-310","Description":"Screw M8 x 30","Quantity":12,"Mass (kg)":0.018,"Status":"Released","Ordered":true}]
            """),
    ];

    static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
