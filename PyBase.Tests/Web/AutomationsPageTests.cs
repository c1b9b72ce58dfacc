using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PyBase.Core.Automations;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Automations in the browser: put together by picking, tried out, switched on, and looked after.</summary>
[Collection(OnStandalone.Name)]
public sealed class AutomationsPageTests(StandaloneInstallation installation) : WithBrowser
{
    [Fact]
    public async Task An_automation_is_put_together_by_picking_tested_switched_on_and_its_runs_show_each_step()
    {
        var (page, person, baseId, ids) = await OpenAsync(Browser, installation);
        await page.GetByTestId("go-automations").ClickAsync();
        await page.GetByTestId("automation-new").ClickAsync();
        await page.GetByTestId("automation-name").FillAsync("Note brass parts");
        await page.GetByTestId("trigger-fieldChanged").ClickAsync();
        await ChooseAsync(page, "trigger-table", "Parts");
        await ChooseAsync(page, "trigger-field", "Material");
        await page.GetByTestId("filter-value").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Brass" }).ClickAsync();
        await Browser.PictureAsync(page, "web-automation-trigger");
        await page.GetByTestId("open-trigger").ClickAsync();
        var conditions = page.GetByTestId("automation-conditions");
        await conditions.GetByTestId("filter-add").ClickAsync();
        await ChooseAsync(page, "filter-field", "Price");
        await ChooseAsync(page, "filter-operator", ">");
        await conditions.GetByTestId("filter-value").FillAsync("20");

        await AddActionAsync(page, "createRecord");
        await ChooseAsync(page, "action-table", "Suppliers");
        await page.GetByTestId("cell-add").ClickAsync();
        await page.GetByTestId("cell-Name").FillAsync("For ");
        await page.GetByTestId("cell-Name-pick").ClickAsync();
        await page.GetByTestId("place-trigger.record.fields.Part number").ClickAsync();
        await Expect(page.GetByTestId("cell-Name")).ToHaveValueAsync("For {{trigger.record.fields.Part number}}");
        await AddActionAsync(page, "branch");
        await page.GetByTestId("branch-by").GetByText("Values compare").ClickAsync();
        await page.GetByTestId("when-value-pick").ClickAsync();
        await page.GetByTestId("place-steps.create.fields.Name").ClickAsync();
        await page.GetByTestId("action-branch").GetByTestId("action-add").First.ClickAsync();
        await page.GetByTestId("action-add-updateRecord").ClickAsync();
        await page.GetByTestId("cell-add").ClickAsync();
        await ChooseAsync(page, "cell-field", "Note");
        await page.GetByTestId("cell-Note-pick").ClickAsync();
        await page.GetByTestId("place-steps.create.id").ClickAsync();
        await Browser.PictureAsync(page, "web-automation");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        // A test says what would be done, and nothing is.
        await page.GetByTestId("automation-test").ClickAsync();
        await page.GetByTestId("test-run").ClickAsync();
        var result = page.GetByTestId("test-result");
        await Expect(result.Locator("[data-testid=run-state][data-state=succeeded]").First).ToBeVisibleAsync();
        await Expect(result.GetByTestId("step-create")).ToContainTextAsync("For GB-100");
        await Browser.PictureAsync(page, "web-automation-test");
        Assert.Empty(await person.ListAsync(baseId, "Suppliers"));
        await page.Keyboard.PressAsync("Escape");

        await page.GetByTestId("automation-on").ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("automation-on")).ToBeCheckedAsync();
        await person.PatchAsync($"/v0/{baseId}/Parts", new { records = new[] { new { id = ids[2], fields = new Dictionary<string, string> { ["Material"] = "Brass" } } } });
        await page.GetByTestId("runs-tab").ClickAsync();
        await Expect(page.GetByTestId("run")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("run").First.GetByTestId("run-state")).ToHaveAttributeAsync("data-state", "succeeded");
        await page.GetByTestId("run").First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.GetByTestId("step-update")).ToContainTextAsync("Note");
        await Browser.PictureAsync(page, "web-automation-runs");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        Assert.Equal("For GB-102", (string)Assert.Single(await person.ListAsync(baseId, "Suppliers"))["fields"]!["Name"]!);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.SetViewportSizeAsync(375, 740);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Set up" }).ClickAsync();
        await page.GetByTestId("open-create").ClickAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        await Browser.PictureAsync(page, "web-automation-narrow");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }

    [Fact]
    public async Task Every_trigger_and_every_action_can_be_chosen_and_what_is_refused_is_told_at_its_place()
    {
        var (page, person, baseId, _) = await OpenAsync(Browser, installation);
        var parts = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![1]!["id"]!;
        await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{parts}/fields", new { name = "Order", type = "button", options = new { label = "Order it" } });
        await page.GotoAsync($"/bases/{baseId}/automations/new");
        foreach (var kind in ActionKind.Needs.Keys)
            await AddActionAsync(page, kind);
        await page.GetByTestId("automation-save").ClickAsync();
        await Expect(page.GetByTestId("automation-on")).ToBeVisibleAsync();
        await page.GetByTestId("open-trigger").ClickAsync();
        foreach (var kind in TriggerKind.All)
        {
            await page.GetByTestId($"trigger-{kind}").ClickAsync();
            // The one it began with.
            if (kind != TriggerKind.RecordCreated)
                await page.GetByTestId("automation-save").ClickAsync();
            var kept = await UntilAsync(
                async () => Assert.Single((await person.GetAsync($"/api/bases/{baseId}/automations"))["automations"]!.AsArray())!, automation => (string)automation["trigger"]!["kind"]! == kind);
            Assert.Equal(kind, (string)kept["trigger"]!["kind"]!);
            Assert.Equal(ActionKind.Needs.Keys, kept["actions"]!.AsArray().Select(a => (string)a!["kind"]!));
        }

        await page.GetByTestId("trigger-webhookReceived").ClickAsync();
        await page.GetByTestId("automation-save").ClickAsync();
        await page.GetByTestId("hook-make").ClickAsync();
        var address = await page.GetByTestId("hook-url").TextContentAsync();
        await Browser.PictureAsync(page, "web-automation-hook");
        await page.GetByTestId("automation-on").ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("automation-on")).ToBeCheckedAsync();
        using var other = new HttpClient();
        using var answer = await other.PostAsync(new Uri(address!), new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await page.GetByTestId("trigger-schedule").ClickAsync();
        await ChooseAsync(page, "schedule-every", "By cron expression");
        await page.GetByTestId("schedule-cron").FillAsync("every day");
        await page.GetByTestId("automation-save").ClickAsync();
        await Expect(page.GetByTestId("automation-problem")).ToBeVisibleAsync();
        await Expect(page.GetByText("cron has five fields").Nth(1)).ToBeVisibleAsync();
        await Browser.PictureAsync(page, "web-automation-refused");
    }

    [Fact]
    public async Task A_button_begins_what_waits_for_it()
    {
        var (page, person, baseId, ids) = await OpenAsync(Browser, installation);
        var parts = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![1]!["id"]!;
        var field = (string)(await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{parts}/fields", new { name = "Order", type = "button", options = new { label = "Order it" } }))["id"]!;
        var update = new { kind = "updateRecord", table = parts, record = "{{trigger.record.id}}", fields = new Dictionary<string, string> { ["Note"] = "ordered" } };
        await person.PostAsync($"/api/bases/{baseId}/automations", new { name = "Order", enabled = true, trigger = new { kind = "buttonClicked", table = parts, field }, actions = new[] { update } }, HttpStatusCode.Created);
        await page.GotoAsync($"/bases/{baseId}/{parts}?record={ids[0]}");
        await page.GetByTestId("input-Order").ClickAsync();
        await Expect(page.GetByText("1 automation begun")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("input-Note")).ToHaveValueAsync("ordered");
    }

    static async Task AddActionAsync(IPage page, string kind)
    {
        await page.GetByTestId("action-add").Last.ClickAsync();
        await page.GetByTestId($"action-add-{kind}").ClickAsync();
        await Expect(page.GetByTestId($"action-add-{kind}")).ToHaveCountAsync(0);
    }
}
