using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Automations;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Webhooks;

/// <summary>Webhooks with an address are rung there, signed, until it is heard or given up.</summary>
[Collection(OnOutgoing.Name)]
public sealed class PingTests(OutgoingInstallation installation)
{
    [Fact]
    public async Task A_change_rings_signed_and_again_until_it_is_heard()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var failures = 2;
        var (url, path) = installation.Sink.NewPath(_ => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? (500, "") : (204, "")));
        var made = await AddAsync(sheet, url);
        var id = (string)made["id"]!;

        await sheet.AddAsync("Things", """{"Name":"rings"}""");

        var rings = new[] { await installation.Sink.NextAsync(path), await installation.Sink.NextAsync(path), await installation.Sink.NextAsync(path) };
        Assert.Equal(("POST", sheet.BaseId, id), (rings[0].Method, (string)rings[0].Json["base"]!["id"]!, (string)rings[0].Json["webhook"]!["id"]!));
        Assert.Equal(["base", "timestamp", "webhook"], rings[0].Json.AsObject().Select(p => p.Key).Order());
        foreach (var ring in rings)
            Assert.Equal($"hmac-sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String((string)made["macSecretBase64"]!), Encoding.UTF8.GetBytes(ring.Body)))}", ring.Headers["X-Airtable-Content-MAC"]);
        Assert.Single(rings.Select(r => r.Headers["PyBase-Delivery"]).Distinct());
        var hook = await UntilAsync(sheet, id, h => h["lastSuccessfulNotificationTime"] is not null);
        Assert.Equal((true, 2, true), ((bool)hook["lastNotificationResult"]!["success"]!, (int)hook["lastNotificationResult"]!["retryNumber"]!, (bool)hook["isHookEnabled"]!));
        var log = (await sheet.OkAsync("GET", $"{Path(sheet, id)}/deliveries"))["deliveries"]!.AsArray();
        Assert.Equal([(3, 204), (2, 500), (1, 500)], log.Select(d => ((int)d!["try"]!, (int)d["status"]!)));
        // Nothing rings without a reason, and again with one; by hand too.
        await sheet.AddAsync("Others", """{"Name":"not wanted"}""");
        await sheet.AddAsync("Things", """{"Name":"again"}""");
        Assert.NotEqual(rings[0].Headers["PyBase-Delivery"], (await installation.Sink.NextAsync(path)).Headers["PyBase-Delivery"]);
        await UntilAsync(sheet, id, h => (int)h["lastNotificationResult"]!["retryNumber"]! == 0);
        Assert.Equal(HttpStatusCode.Accepted, (await sheet.SendAsync("POST", $"{Path(sheet, id)}/redeliver", "{}")).Status);
        await installation.Sink.NextAsync(path);
        Assert.Empty(installation.Sink.Rest(path));
    }

    [Fact]
    public async Task An_address_that_never_answers_is_given_up_and_rung_again_when_somebody_says_so()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var isBroken = true;
        var (url, path) = installation.Sink.NewPath(_ => Task.FromResult(isBroken ? (404, "") : (200, "")));
        var id = (string)(await AddAsync(sheet, url))["id"]!;
        await sheet.AddAsync("Things", "{}");
        await UntilAsync(sheet, id, h => h["lastNotificationResult"] is not null);
        // Each try is asked for at once, as nobody waits fifteen hours.
        var given = await UntilAsync(sheet, id, h => !(bool)h["isHookEnabled"]!, meanwhile: () =>
            installation.ExecuteAsync("update pybase.outbox o set due = now() from pybase.jobs j where j.id = o.job and j.kind = 'ping'"));
        Assert.Equal((false, false, 7), ((bool)given["lastNotificationResult"]!["success"]!, (bool)given["lastNotificationResult"]!["willBeRetried"]!, (int)given["lastNotificationResult"]!["retryNumber"]!));
        Assert.Equal(8, installation.Sink.Rest(path).Count);
        isBroken = false;
        await sheet.OkAsync("POST", $"/v0/bases/{sheet.BaseId}/webhooks/{id}/enableNotifications", """{"enable":true}""");
        await installation.Sink.NextAsync(path);
        Assert.True((bool)(await UntilAsync(sheet, id, h => h["lastSuccessfulNotificationTime"] is not null))["isHookEnabled"]!);
    }

    static async Task<JsonNode> AddAsync(Sheet sheet, string url) => await sheet.OkAsync("POST", $"/v0/bases/{sheet.BaseId}/webhooks",
        $$$"""{"notificationUrl":"{{{url}}}","specification":{"options":{"filters":{"dataTypes":["tableData"],"recordChangeScope":"{{{sheet.Things}}}"} } } }""");

    static string Path(Sheet sheet, string id) => $"/api/bases/{sheet.BaseId}/webhooks/{id}";

    static async Task<JsonNode> FindAsync(Sheet sheet, string id) => (await sheet.OkAsync("GET", $"/v0/bases/{sheet.BaseId}/webhooks"))["webhooks"]!.AsArray().Single(h => (string)h!["id"]! == id)!;

    static Task<JsonNode> UntilAsync(Sheet sheet, string id, Func<JsonNode, bool> wanted, Func<Task>? meanwhile = null) => Wait.UntilAsync(async () =>
    {
        var hook = await FindAsync(sheet, id);
        if (meanwhile is not null && !wanted(hook))
            await meanwhile();
        return hook;
    }, wanted);
}
