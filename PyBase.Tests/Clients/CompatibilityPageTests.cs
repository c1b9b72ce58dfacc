using PyBase.Tests.Support;

namespace PyBase.Tests.Clients;

/// <summary>
/// <c>docs/airtable-compatibility.md</c> is what the checks write: a member that the client declares and no check uses, a route, parameter or error that no check
/// shows, a check of what is not there, and an old page each fail here.
/// </summary>
public sealed class CompatibilityPageTests
{
    [Fact]
    public async Task The_page_is_what_the_checks_write()
    {
        var page = Path.Combine(Repository.Root, "docs", "airtable-compatibility.md");
        var wanted = await ClientSuite.PrintAsync("page.mjs");
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(page, wanted, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(page) && await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken) == wanted,
            "docs/airtable-compatibility.md is out of date: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*CompatibilityPageTests' writes it anew.");
    }
}
