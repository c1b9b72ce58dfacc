using System.Diagnostics;
using PyBase.Tests.Support;

namespace PyBase.Tests.Clients;

/// <summary>The npm package <c>airtable</c> works with PyBase when only its address is another one.</summary>
[Collection(OnStandalone.Name)]
public sealed class AirtableClientTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Airtable_s_own_client_reads_writes_and_understands_refusals()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new
        {
            name = "Things",
            fields = new object[]
            {
                new { name = "Name", type = "singleLineText" }, new { name = "Count", type = "number", options = new { precision = 1 } },
                new { name = "State", type = "singleSelect", options = new { choices = new[] { new { name = "Open" } } } },
            },
        });
        var script = Path.Combine(Repository.Root, "PyBase.Tests", "Clients", "airtable.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, installation.Apis[0].ToString().TrimEnd('/'), person.Token, baseId]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await node.WaitForExitAsync(patience.Token);
        Assert.True(node.ExitCode == 0, await errors);
        Assert.Equal("31 checks", (await output).Trim());
    }
}
