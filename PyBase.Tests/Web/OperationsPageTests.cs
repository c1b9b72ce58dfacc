using Microsoft.Playwright;
using PyBase.Tests.Operations;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>The page of whoever runs the installation: what is advised, what the autoscaler decided, queues, and what a larger one would cost.</summary>
public sealed class OperationsPageTests(Servers servers) : WithBrowser
{
    [Fact]
    public async Task It_shows_advice_decisions_and_a_plan()
    {
        await using var host = await OperationsHost.StartAsync(servers, null, "Autoscaler:Mode=concurrency", "Operations:MemoryLimit=1000000", "Workers:Queues=email,exports");
        using var person = await Person.SignUpAsync(host.Address);
        await host.ExecuteAsync("insert into pybase.jobs (id, kind, queue, state, created) select 'job' || lpad(n::text, 14, '0'), 'waiting', 'email', 'queued', now() from generate_series(1, 101) n");
        var page = await Browser.OpenAsync(host.Address);
        var cookie = person.Cookie.Split('=', 2);
        await page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = host.Address.ToString() }]);
        await page.GotoAsync("/operations");

        // They, and the mail that asks whether the address is right.
        await Expect(page.GetByTestId("advice-queue-deep")).ToContainTextAsync("jobs wait");
        await Expect(page.GetByText("jobs wait, more than 100").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("queue-email")).ToContainTextAsync("10");
        await page.GetByLabel("How many jobs of exports each worker does at once").FillAsync("5");
        await page.GetByLabel("How many jobs of exports each worker does at once").BlurAsync();
        await host.UntilAsync(seen => seen["queues"]!.AsArray().Any(q => (string)q!["name"]! == "exports" && q["concurrency"]!.GetValue<int>() == 5));
        await page.GetByTestId("plan").ClickAsync();
        await Expect(page.GetByTestId("plan-answer")).ToContainTextAsync("Tier medium");
        await Expect(page.GetByTestId("plan-answer")).ToContainTextAsync("The guide contradicts itself");
        await page.SetViewportSizeAsync(1200, 2400);
        await Browser.PictureAsync(page, "web-operations");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }
}
