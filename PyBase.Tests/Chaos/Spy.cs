using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>A viewer who reads all the time, looks for what viewers may not see, and tries to write.</summary>
sealed class Spy(Desk desk, Journal journal)
{
    public int Reads { get; private set; }

    public int Attempts { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        var (parts, notes) = ($"/v0/{desk.Base}/{desk["Parts"]}", $"/v0/{desk.Base}/{desk["Notes"]}");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var seen = await Sheet.SendAsync(desk.Viewer.Client, "GET", $"{parts}?pageSize=1000");
                if (seen.Response.IsSuccessStatusCode)
                    Reads++;
                if (seen.Text.Contains(Desk.Secret, StringComparison.Ordinal))
                    journal.Odd.Enqueue("A viewer read what the rules hide");
                var name = $"spy-refused-{++Attempts}";
                journal.Refused[name] = true;
                var written = await Sheet.SendAsync(desk.Viewer.Client, "POST", notes, new JsonObject { ["fields"] = new JsonObject { ["Name"] = name } }.ToJsonString());
                if (written.Response.IsSuccessStatusCode)
                    journal.Odd.Enqueue("A viewer wrote");
            }
            catch (Exception trouble) when (trouble is HttpRequestException or OperationCanceledException or IOException)
            {
                // Somebody died, or sleeps.
            }
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>What the feed tells a viewer is looked through as well.</summary>
    public void Hear(JsonNode message)
    {
        Reads++;
        if (message.ToJsonString().Contains(Desk.Secret, StringComparison.Ordinal))
            journal.Odd.Enqueue("A viewer heard what the rules hide");
    }
}
