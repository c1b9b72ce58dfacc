using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Pages beside the grid: sharing and what strangers see, sessions, the bell, plans, trees, dashboards, templates; and none of them shuts anybody out.</summary>
[Collection(InBrowser.Name)]
public sealed class PagesTests(StandaloneInstallation installation) : WithBrowser
{
    [Fact]
    public async Task A_form_is_put_together_shared_with_a_password_and_filled_in_by_a_stranger()
    {
        var (page, person, baseId, _) = await OpenAsync(Browser, installation);
        await page.GetByTestId("new-view-form").ClickAsync();
        await page.GetByTestId("form-title").FillAsync("Report a part");
        await page.GetByTestId("open-question-Part number").ClickAsync();
        await page.GetByTestId("question-label").FillAsync("Which part?");
        await page.GetByTestId("question-required").ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("question-required")).ToBeCheckedAsync();
        await page.GetByTestId("open-question-Note").ClickAsync();
        await page.GetByTestId("when-add").ClickAsync();
        await ChooseAsync(page, "when-field", "Material");
        await Browser.PictureAsync(page, "web-form-settings");
        await page.GetByTestId("form-share").ClickAsync();
        await page.GetByTestId("share-password").FillAsync("open sesame");
        await page.GetByTestId("share-make").ClickAsync();
        var link = await page.GetByTestId("share-url").TextContentAsync();
        await Browser.PictureAsync(page, "web-share");

        var stranger = await Browser.OpenAsync(installation.Apis[0], 375, 740);
        await stranger.GotoAsync(link!);
        await stranger.GetByTestId("share-password").FillAsync("open sesame");
        await stranger.GetByTestId("share-unlock").ClickAsync();
        await Expect(stranger.GetByRole(AriaRole.Heading, new() { Name = "Report a part" })).ToBeVisibleAsync();
        await stranger.GetByTestId("form-submit").ClickAsync();
        await Expect(stranger.GetByText("An answer is needed.")).ToBeVisibleAsync();
        await Expect(stranger.GetByTestId("answer-Note")).ToHaveCountAsync(0);
        await stranger.GetByTestId("answer-Part number").FillAsync("GB-777");
        await stranger.GetByTestId("answer-Material").ClickAsync();
        await stranger.GetByRole(AriaRole.Option, new() { Name = "Brass" }).ClickAsync();
        await stranger.GetByTestId("answer-Note").FillAsync("loose");
        await Browser.PictureAsync(stranger, "web-form");
        Assert.Empty(await Accessibility.FaultsAsync(stranger));
        await stranger.GetByTestId("form-submit").ClickAsync();
        await Expect(stranger.GetByText("Thank you")).ToBeVisibleAsync();
        var made = (await person.ListAsync(baseId, "Parts"))[^1]["fields"]!;
        Assert.Equal(("GB-777", "loose"), ((string)made["Part number"]!, (string)made["Note"]!));
    }

    /// <summary>However long the first of them is on its way: each says the whole of what it changes.</summary>
    [Fact]
    public async Task What_is_said_of_a_form_reaches_the_server_in_the_order_in_which_it_was_said()
    {
        var (page, person, _, _) = await OpenAsync(Browser, installation);
        var (sent, late) = (0, new TaskCompletionSource());
        await page.RouteAsync("**/views/*", async route =>
        {
            if (route.Request.Method == "PATCH" && Interlocked.Increment(ref sent) == 1)
                await late.Task;
            await route.ContinueAsync();
        });
        await page.GetByTestId("new-view-form").ClickAsync();
        await page.GetByTestId("form-title").FillAsync("Report a part");
        await page.GetByTestId("open-question-Part number").ClickAsync();
        await page.GetByTestId("question-label").FillAsync("Which part?");
        await page.GetByTestId("question-required").ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("question-required")).ToBeCheckedAsync();
        await Wait.UntilAsync(() => sent > 0);
        // Somebody else changes another view meanwhile, and this page reads all of them anew.
        var views = $"/api{new Uri(page.Url).AbsolutePath.Replace("/tbl", "/tables/tbl", StringComparison.Ordinal)}";
        var (path, form) = (views[..views.LastIndexOf('/')] + "/views", views[(views.LastIndexOf('/') + 1)..]);
        await page.RunAndWaitForResponseAsync(async () => await person.PostAsync(path, new { name = "Another", type = "grid" }, System.Net.HttpStatusCode.Created),
            answer => answer.Request.Method == "GET" && answer.Url.EndsWith("/views", StringComparison.Ordinal));
        await Expect(page.GetByTestId("view-Another")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("question-required")).ToBeCheckedAsync();
        Assert.Equal(1, sent);
        late.SetResult();

        var kept = await Wait.UntilAsync(async () => (await person.GetAsync(path))["views"]!.AsArray().Single(v => (string)v!["id"]! == form)!["settings"]!["options"],
            options => options?["fields"]?[0]?["required"]?.GetValue<bool>() is true);
        Assert.Equal(("Report a part", "Which part?"), ((string)kept!["title"]!, (string)kept["fields"]![0]!["label"]!));
        await Expect(page.GetByTestId("question-required")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_view_is_shared_shows_its_rows_to_strangers_and_is_revoked()
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        await page.GetByTestId("view-Grid view").HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More for Grid view" }).ClickAsync();
        await page.GetByTestId("share-view").ClickAsync();
        await page.GetByTestId("share-make").ClickAsync();
        var link = await page.GetByTestId("share-url").TextContentAsync();
        Assert.Empty(await Accessibility.FaultsAsync(page));
        var stranger = await Browser.OpenAsync(installation.Apis[0], colours: ColorScheme.Dark);
        await stranger.GotoAsync(link!);
        await Expect(stranger.GetByTestId("shared-row")).ToHaveCountAsync(3);
        await Browser.PictureAsync(stranger, "web-shared-view");
        Assert.Empty(await Accessibility.FaultsAsync(stranger));
        await page.GetByTestId("share-revoke").ClickAsync();
        await Expect(page.GetByTestId("share")).ToHaveCountAsync(0);
        await stranger.ReloadAsync();
        await Expect(stranger.GetByTestId("share-notice")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_bell_leads_to_where_somebody_was_mentioned()
    {
        var (page, person, baseId, ids) = await OpenAsync(Browser, installation);
        using var other = await installation.SignUpAsync();
        await person.AddMemberAsync(other, "editor");
        var id = (string)(await person.GetAsync("/api/auth/me"))["user"]!["id"]!;
        await other.PostAsync($"/v0/{baseId}/Parts/{ids[2]}/comments", new { text = $"Look, @[{id}]" });
        await Expect(page.GetByTestId("notifications-unread")).ToHaveTextAsync("1");
        await page.GetByTestId("notifications").ClickAsync();
        await Browser.PictureAsync(page, "web-bell");
        await page.GetByTestId("notification-mention").First.ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("GB-102");

        await page.GotoAsync("/security");
        await Expect(page.GetByTestId("session").First).ToBeVisibleAsync();
        await Expect(page.GetByText("This one")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_template_is_chosen_in_the_dialog_and_its_tree_opens()
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        await page.GotoAsync("/");
        await page.GetByTestId("new-base").ClickAsync();
        await page.GetByTestId("template-parts").ClickAsync();
        await page.GetByTestId("tab-Parts").ClickAsync();
        await page.GetByTestId("view-Structure").ClickAsync();
        var parts = page.GetByTestId("tree-part");
        await Expect(parts.First).ToContainTextAsync("GB-001");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open GB-001" }).Or(parts.First).First.ClickAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(parts.GetByText("GB-100", new() { Exact = true })).ToBeVisibleAsync();
        await Browser.PictureAsync(page, "web-tree");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }

    [Fact]
    public async Task Plans_show_records_between_two_dates_and_move_them_by_key()
    {
        var (page, person, baseId, tableId, id) = await PlanAsync();
        await page.GetByTestId("new-view-gantt").ClickAsync();
        await Expect(page.GetByTestId("gantt-bar")).ToHaveCountAsync(3);
        await page.GetByTestId("gantt-bar").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("2026-03-03", await UntilAsync(async () => (string)(await person.GetAsync($"/v0/{baseId}/{tableId}/{id}"))["fields"]!["From"]!, day => day != "2026-03-02"));
        await Browser.PictureAsync(page, "web-gantt");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        await page.GetByTestId("new-view-timeline").ClickAsync();
        await Expect(page.GetByTestId("timeline-lane")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("timeline-lane").First).ToContainTextAsync("Lathe");
        await page.GetByTestId("timeline-bar").First.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Equal("2026-03-08", await UntilAsync(async () => (string)(await person.GetAsync($"/v0/{baseId}/{tableId}/{id}"))["fields"]!["To"]!, day => day != "2026-03-07"));
        await Browser.PictureAsync(page, "web-timeline");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }

    [Fact]
    public async Task A_dashboard_counts_draws_and_crosses_and_a_link_shows_it()
    {
        var (page, person, baseId, _) = await OpenAsync(Browser, installation);
        await page.GetByTestId("go-dashboards").ClickAsync();
        await page.GetByTestId("dashboard-first").ClickAsync();
        await page.GetByTestId("ask-submit").ClickAsync();
        await AddAsync("number", "Cost of all parts", async () => await ChooseAsync(page, "widget-field", "Price"));
        await Expect(page.GetByTestId("number")).ToContainTextAsync("€90.00");
        // What nobody has named says what it shows.
        await AddAsync("chart", "", async () => await ChooseAsync(page, "widget-group-0", "Material"));
        await Expect(page.GetByTestId("chart").Locator("td")).ToHaveTextAsync(["2", "1"]);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Number of records by Material", Exact = true })).ToBeVisibleAsync();
        await AddAsync("pivot", "Notes by material", async () =>
        {
            await ChooseAsync(page, "widget-group-0", "Note");
            await ChooseAsync(page, "widget-group-1", "Material");
        });
        await Expect(page.GetByTestId("pivot").Locator("tbody tr")).ToHaveCountAsync(3);
        await Browser.PictureAsync(page, "web-dashboard");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        await page.GetByTestId("dashboard-share").ClickAsync();
        await page.GetByTestId("share-make").ClickAsync();
        var link = await page.GetByTestId("share-url").TextContentAsync();
        var stranger = await Browser.OpenAsync(installation.Apis[0], 375, 740, ColorScheme.Dark);
        await stranger.GotoAsync(link!);
        await Expect(stranger.GetByTestId("number")).ToContainTextAsync("€90.00");
        await Expect(stranger.GetByTestId("widget")).ToHaveCountAsync(3);
        await Browser.PictureAsync(stranger, "web-shared-dashboard");
        Assert.Empty(await Accessibility.FaultsAsync(stranger));
        Assert.Equal(3, (int)(await person.GetAsync($"/api/bases/{baseId}/dashboards"))["dashboards"]![0]!["widgetCount"]!);

        async Task AddAsync(string type, string title, Func<Task> choose)
        {
            await page.GetByTestId("widget-add").First.ClickAsync();
            await page.GetByTestId($"widget-add-{type}").ClickAsync();
            await page.GetByTestId("widget-title").FillAsync(title);
            await ChooseAsync(page, "widget-table", "Parts");
            await choose();
            await page.GetByTestId("widget-done").ClickAsync();
            await Expect(page.GetByTestId("widget-dialog")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Rules_hide_fields_and_rows_show_what_somebody_else_sees_and_stand_in_the_log()
    {
        var (page, person, baseId, _) = await OpenAsync(Browser, installation);
        using var editor = await installation.SignUpAsync();
        await person.AddMemberAsync(editor, "editor");
        await page.GetByTestId("base-menu").ClickAsync();
        await page.GetByTestId("base-rules").ClickAsync();
        await ChooseAsync(page, "rule-Price-editor", "Hidden");
        await ChooseAsync(page, "rule-Note-editor", "Read only");
        await page.GetByTestId("row-rule-add").ClickAsync();
        await page.GetByTestId("row-rule").Locator("textarea").First.FillAsync("{Material} = 'Steel");
        await page.GetByTestId("rules-save").ClickAsync();
        await Expect(page.GetByTestId("rules-problem")).ToBeVisibleAsync();
        await page.GetByTestId("row-rule").Locator("textarea").First.FillAsync("{Material} = 'Steel'");
        await page.GetByTestId("rules-save").ClickAsync();
        await Expect(page.GetByTestId("rules-problem")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("rules-save")).ToBeDisabledAsync();
        await page.GetByTestId("view-as").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Test Person" }).Last.ClickAsync();
        await Expect(page.GetByTestId("seen-row")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("seen").GetByText("Price")).ToHaveCountAsync(0);
        await Browser.PictureAsync(page, "web-rules");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        var seen = await editor.ListAsync(baseId, "Parts");
        Assert.Equal(["GB-100", "GB-102"], seen.Select(r => (string)r["fields"]!["Part number"]!));
        Assert.All(seen, r => Assert.Null(r["fields"]!["Price"]));

        await page.GotoAsync($"/bases/{baseId}/audit");
        await ChooseAsync(page, "audit-act", "Rules changed");
        await Expect(page.GetByTestId("audit-entry")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("audit-entry")).ToContainTextAsync("Parts");
        var log = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("audit-csv").ClickAsync());
        using var text = new StreamReader(await log.CreateReadStreamAsync());
        Assert.Contains("rules-changed", await text.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await page.SetViewportSizeAsync(375, 740);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Browser.PictureAsync(page, "web-audit-narrow");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }

    [Fact]
    public async Task A_narrow_window_has_room_for_the_base_and_what_is_not_for_somebody_says_where_to_go()
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        await page.SetViewportSizeAsync(375, 740);
        await Expect(page.GetByTestId("go-tables")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("go-dashboards")).ToBeVisibleAsync();
        var (menu, search) = (await page.GetByTestId("base-menu").BoundingBoxAsync(), await page.GetByTestId("search-everywhere").BoundingBoxAsync());
        Assert.True(menu!.X + menu.Width <= search!.X, $"The base's menu ends at {menu.X + menu.Width}, the search begins at {search.X}.");

        // A board without a field to stack by says so in the middle of what is left to it.
        await page.SetViewportSizeAsync(1400, 900);
        await page.GetByTestId("tab-Suppliers").ClickAsync();
        await page.GetByTestId("new-view-kanban").ClickAsync();
        var (said, board) = (await page.GetByText("Choose the field to stack by").BoundingBoxAsync(), await page.Locator("main").BoundingBoxAsync());
        Assert.InRange(said!.X + (said.Width / 2), board!.X + (board.Width / 2), board.X + (board.Width * 0.7));

        await page.GotoAsync("/bases/appAAAAAAAAAAAAAA");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to your bases" }).ClickAsync();
        await Expect(page.GetByTestId("new-base").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pages_shut_nobody_out()
    {
        var (page, person, baseId, ids) = await OpenAsync(Browser, installation);
        var here = new Uri(page.Url).AbsolutePath;
        (string Path, string TestId)[] pages =
        [
            (here, "grid"), ($"{here}?record={ids[0]}", "record-title"), ("/", "new-base"), ("/security", "session"), ("/tokens", "user-menu"), ($"/workspaces/{person.WorkspaceId}/members", "member"),
            ($"/bases/{baseId}/trash", "user-menu"), ($"/bases/{baseId}/dashboards", "dashboard-first"), ("/operations", "user-menu"), ("/no-such-page", "user-menu"),
        ];
        var faults = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var (path, testId) in pages)
            {
                await page.GotoAsync(path);
                if (path != "/no-such-page")
                    await Expect(page.GetByTestId(testId).First).ToBeVisibleAsync();
                faults.AddRange((await Accessibility.FaultsAsync(page)).Select(fault => $"{scheme} {path}: {fault}"));
            }
            var stranger = await Browser.OpenAsync(installation.Apis[0], 375, 740, scheme);
            foreach (var path in (string[])["/sign-in", "/sign-up", "/forgotten"])
            {
                await stranger.GotoAsync(path);
                await Expect(stranger.Locator("form")).ToBeVisibleAsync();
                faults.AddRange((await Accessibility.FaultsAsync(stranger)).Select(fault => $"{scheme} {path}: {fault}"));
            }
        }
        Assert.Empty(faults);
    }

    /// <summary>Three jobs on two machines, open in a browser.</summary>
    async Task<(IPage Page, Person Person, string BaseId, string TableId, string First)> PlanAsync()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new
        {
            name = "Jobs",
            fields = new object[]
            {
                new { name = "Job", type = "singleLineText" },
                new { name = "Machine", type = "singleSelect", options = new { choices = new[] { new { name = "Lathe" }, new { name = "Mill" } } } },
                new { name = "From", type = "date", options = new { dateFormat = new { name = "iso" } } },
                new { name = "To", type = "date", options = new { dateFormat = new { name = "iso" } } },
            },
        });
        var tableId = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        var made = await person.PostAsync($"/v0/{baseId}/{tableId}", new
        {
            records = new[] { ("Turn shafts", "Lathe", "2026-03-02", "2026-03-06"), ("Turn bushes", "Lathe", "2026-03-05", "2026-03-12"), ("Mill housing", "Mill", "2026-03-09", "2026-03-20") }
                .Select(job => new { fields = new Dictionary<string, string> { ["Job"] = job.Item1, ["Machine"] = job.Item2, ["From"] = job.Item3, ["To"] = job.Item4 } }),
        });
        var page = await Browser.OpenAsync(installation.Apis[0]);
        var (name, value) = (person.Cookie.Split('=', 2)[0], person.Cookie.Split('=', 2)[1]);
        await page.Context.AddCookiesAsync([new() { Name = name, Value = value, Url = installation.Apis[0].ToString() }]);
        await page.GotoAsync($"/bases/{baseId}/{tableId}");
        return (page, person, baseId, tableId, (string)made["records"]![0]!["id"]!);
    }
}
