using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>Fields that follow the clock, and fields that tell who changed a row and when.</summary>
[Collection(OnCluster.Name)]
public sealed class ClockTests(DistributedInstallation installation)
{
    [Fact]
    public async Task A_field_over_now_is_stored_and_refreshed_when_its_time_has_come()
    {
        var board = await Board.CreateAsync(installation, "Tasks");
        await board.AddAsync("Tasks.Stamp", "formula", """{"formula":"DATETIME_FORMAT(NOW(), 'x')"}""");
        await board.AddAsync("Tasks.Length", "formula", """{"formula":"LEN({Stamp})"}""");
        var task = (await board.RowsAsync("Tasks", """{"Name":"one"}"""))[0];
        var (first, again) = (await board.TextAsync("Tasks", task, "Stamp"), await board.TextAsync("Tasks", task, "Stamp"));
        Assert.Equal(first, again);
        Assert.Equal("13", await board.TextAsync("Tasks", task, "Length"));
        // Its five minutes are over.
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        await using (var strike = data.CreateCommand($"update pybase.clocks set due = now() where field = '{board["Tasks.Stamp"]}'"))
            Assert.Equal(1, await strike.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        await Wait.UntilAsync(() => board.TextAsync("Tasks", task, "Stamp"), stamp => stamp != first);
    }

    [Fact]
    public async Task Who_changed_a_row_and_when_is_told_by_fields_and_formulas()
    {
        var board = await Board.CreateAsync(installation, "Tasks");
        await board.AddAsync("Tasks.By", "createdBy");
        await board.AddAsync("Tasks.Last", "lastModifiedBy");
        await board.AddAsync("Tasks.Changed", "lastModifiedTime");
        await board.AddAsync("Tasks.Age", "formula", """{"formula":"DATETIME_DIFF({Changed}, CREATED_TIME(), 'milliseconds')"}""");
        await board.AddAsync("Tasks.Mod", "formula", """{"formula":"IS_SAME(LAST_MODIFIED_TIME(), {Changed})"}""");
        var task = (await board.RowsAsync("Tasks", """{"Name":"one"}"""))[0];
        Assert.Equal(("0", "1"), (await board.TextAsync("Tasks", task, "Age"), await board.TextAsync("Tasks", task, "Mod")));
        using var other = await installation.SignUpAsync();
        await board.Person.AddMemberAsync(other, "editor");
        await Records.Sheet.SendAsync(other.Client, "PATCH", $"/v0/{board.BaseId}/Tasks/{task}", """{"fields":{"Name":"two"}}""");
        var (by, last) = (await board.CellAsync("Tasks", task, "By"), await board.CellAsync("Tasks", task, "Last"));
        Assert.NotEqual((string)by!["id"]!, (string)last!["id"]!);
        Assert.Equal((string)(await other.GetAsync("/api/auth/me"))["user"]!["id"]!, (string)last["id"]!);
        Assert.Equal((string)(await board.Person.GetAsync("/api/auth/me"))["user"]!["email"]!, (string)by["email"]!);
        Assert.NotEqual("0", await board.TextAsync("Tasks", task, "Age"));
        Assert.Equal("1", await board.TextAsync("Tasks", task, "Mod"));
    }
}
