using PyBase.Tests.Computing;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>The base that everybody works at: four tables, two of them linked, with formulas, a count and a rollup, and one field that viewers may not see.</summary>
sealed class Desk
{
    public static readonly string[] Tables = ["Parts", "Orders", "Stock", "Notes"];

    /// <summary>Begins each cell that viewers may not see.</summary>
    public const string Secret = "S3CRET";

    /// <summary>What follows from other cells.</summary>
    public static readonly (string Name, string Type, string Options)[] Computed =
    [
        ("Parts.Total", "formula", """{"formula":"Number * 2"}"""),
        ("Orders.Pieces", "count", """{"recordLinkFieldId":"Orders.Items"}"""),
        ("Orders.Sum", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Total"}"""),
        ("Orders.Words", "formula", """{"formula":"Name & ': ' & {Sum}"}"""),
        ("Stock.Label", "formula", """{"formula":"UPPER(Name) & '/' & Number"}"""),
    ];

    readonly Board board;

    Desk(Cluster cluster, Board board) => (Cluster, this.board) = (cluster, board);

    public Cluster Cluster { get; }

    public Board Board => board;

    public Person Owner => board.Person;

    public string Base => board.BaseId;

    /// <summary>Somebody who may read everything but the secret, and write nothing.</summary>
    public Person Viewer { get; private set; } = null!;

    public string this[string name] => board[name];

    public Uri[] Apis => [.. Cluster.Api.Select(api => api.Address)];

    public static async Task<Desk> OpenAsync(Cluster cluster) => await OpenAsync(cluster, await Person.SignUpAsync(cluster.Api[0].Address));

    public static async Task<Desk> OpenAsync(Cluster cluster, Person owner)
    {
        var desk = new Desk(cluster, await Board.CreateAsync(owner, Tables));
        foreach (var table in Tables)
            await desk.board.AddAsync($"{table}.Number", "number", """{"precision":0}""");
        await desk.board.AddAsync("Parts.Secret", "singleLineText");
        await desk.board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        foreach (var (name, type, options) in Computed)
            await desk.board.AddAsync(name, type, options);
        var viewer = await Person.SignUpAsync(cluster.Api[0].Address);
        await owner.AddMemberAsync(viewer, "viewer");
        var rules = await Sheet.SendAsync(owner.Client, "PUT", $"/api/bases/{desk.Base}/tables/{desk["Parts"]}/rules", """{"fields":[{"field":"Secret","to":"viewer","access":"none"}]}""");
        Assert.True(rules.Response.IsSuccessStatusCode, rules.Text);
        desk.Viewer = viewer.Through(new AnyApi(desk.Apis, 1), Patience);
        return desk;
    }

    /// <summary>A client does not wait longer for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The owner at any Api, as one of the clients.</summary>
    public Person Client(int number) => Owner.Through(new AnyApi(Apis, number), Patience);

    /// <summary>All rows of a table, when everything is well again.</summary>
    public Task<(long Version, Dictionary<string, System.Text.Json.Nodes.JsonObject> Rows)> LoadAsync(string table) => TableMirror.LoadAsync(Owner, Base, board[table]);
}
