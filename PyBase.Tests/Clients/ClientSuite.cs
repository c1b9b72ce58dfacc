using System.Diagnostics;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Clients;

/// <summary>The checks in this folder, which are JavaScript since Airtable's own client is.</summary>
static class ClientSuite
{
    /// <summary>Runs a group of checks against a server; fails with those that do not hold. <paramref name="please"/> does to the server what a check asks for.</summary>
    public static async Task RunAsync(string group, Person person, Func<string, Task>? please = null)
    {
        using var node = Start("run.mjs", group, person.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), person.Token, person.WorkspaceId);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var (held, wrong) = (0, new List<string>());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        while (await node.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var said = JsonNode.Parse(line)!;
            if ((string?)said["please"] is { } deed)
            {
                await (please ?? throw new InvalidOperationException($"Nobody here can {deed}."))(deed);
                await node.StandardInput.WriteLineAsync("done");
            }
            else if (said["error"] is { } error)
                wrong.Add($"{(string)said["check"]!}: {(string)error!}");
            else
                held++;
        }
        await node.WaitForExitAsync(patience.Token);
        Assert.True(node.ExitCode == 0 && wrong.Count == 0, $"{string.Join("\n\n", wrong)}\n{await errors}");
        Assert.NotEqual(0, held);
    }

    /// <summary>What a script prints; fails with what it complains about.</summary>
    public static async Task<string> PrintAsync(string script)
    {
        using var node = Start(script);
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return await output;
    }

    static Process Start(string script, params string[] arguments) => Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "PyBase.Tests", "Clients", script), .. arguments])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;
}
