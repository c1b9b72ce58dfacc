using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Automations;

/// <summary>Two workers look at the same changes, over a broker: each begins an automation once.</summary>
[Collection(OnCluster.Name)]
public sealed class AutomationOnClusterTests(DistributedInstallation installation)
{
    [Fact]
    public async Task Many_changes_are_each_answered_once_and_in_full()
    {
        const int Count = 60;
        var sheet = await Sheet.CreateAsync(installation);
        var automated = new Automated(sheet);
        var automation = await automated.AddAsync("""{"kind":"recordCreated","table":"Things"}""", """[{"kind":"createRecord","table":"Others","fields":{"Name":"{{trigger.record.fields.Name}}"}}]""");

        await Task.WhenAll(Enumerable.Range(0, Count).Select(n => sheet.AddAsync("Things", $$"""{"Name":"{{n}}"}""")));

        // A page has fifty runs: it is full, and whatever is on it has ended.
        await automated.EndedAsync(automation, 50);
        var made = await Wait.UntilAsync(() => sheet.Person.ListAsync(sheet.BaseId, "Others"), others => others.Count >= Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(n => $"{n}").Order(), made.Select(r => (string)r["fields"]!["Name"]!).Order());
    }
}
