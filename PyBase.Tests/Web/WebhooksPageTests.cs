using Microsoft.Playwright;
using PyBase.Tests.Automations;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Addresses that hear of a base's changes: added, seen to be rung, silenced, deleted.</summary>
[Collection(OnOutgoing.Name)]
public sealed class WebhooksPageTests(OutgoingInstallation installation) : WithBrowser
{
    [Fact]
    public async Task A_webhook_is_added_rings_shows_its_tries_and_is_deleted()
    {
        var (page, person, baseId, _) = await OpenAsync(Browser, installation);
        var path = $"/page-{Guid.NewGuid():N}";
        await page.GetByTestId("base-menu").ClickAsync();
        await page.GetByTestId("base-webhooks").ClickAsync();
        await page.GetByTestId("webhook-url").FillAsync(new Uri(installation.Sink.Address, path).ToString());
        await ChooseAsync(page, "webhook-table", "Parts");
        await page.GetByTestId("webhook-create").ClickAsync();
        await Expect(page.GetByTestId("webhook-secret")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[A-Za-z0-9+/=]{40,}$"));
        await Expect(page.GetByTestId("webhook")).ToContainTextAsync("All changes in Parts");

        await person.PostAsync($"/v0/{baseId}/Parts", new { fields = new Dictionary<string, string> { ["Part number"] = "GB-103" } });
        await page.GetByTestId("webhook-tries").ClickAsync();
        await Expect(page.GetByTestId("webhook-try").First).ToContainTextAsync("200");
        await Expect(page.GetByTestId("webhook-state")).ToHaveTextAsync("Answers");
        await Browser.PictureAsync(page, "web-webhooks");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.SetViewportSizeAsync(375, 740);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Browser.PictureAsync(page, "web-webhooks-narrow");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        await page.GetByTestId("webhook-rings").ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("webhook-rings")).Not.ToBeCheckedAsync();
        Assert.False((bool)(await person.GetAsync($"/v0/bases/{baseId}/webhooks"))["webhooks"]![0]!["areNotificationsEnabled"]!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the webhook" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete webhook" }).ClickAsync();
        await Expect(page.GetByTestId("webhook")).ToHaveCountAsync(0);
    }
}
