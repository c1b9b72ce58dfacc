using System.Net;
using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>The grid as people know it from spreadsheets, files in and out of it, what was deleted, and a connection that is lost.</summary>
[Collection(InBrowser.Name)]
public sealed class SpreadsheetTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_block_is_pasted_over_and_below_the_rows_summed_up_and_undone_as_one()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, _) = await OpenAsync(browser, installation);
        await page.GetByTestId("summary-Price").ClickAsync();
        await page.GetByTestId("summary-sum").ClickAsync();
        await Expect(page.GetByTestId("summary-Price")).ToContainTextAsync("€90.00");
        // A list that closes takes the keys with it.
        await Expect(page.GetByTestId("summary-sum")).ToBeHiddenAsync();

        // More rows than one request takes, beginning at the first of three.
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("() => navigator.clipboard.writeText(Array.from({ length: 700 }, (_, n) => [`P-${n}`, 'Steel', '', '€2.00'].join('\\t')).join('\\n'))");
        await FocusAsync(page);
        await page.Keyboard.PressAsync("Control+v");
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("700 rows");
        await Expect(page.GetByTestId("summary-Price")).ToContainTextAsync("€1,400.00");
        await Expect(Cell(page, "P-0")).ToBeAttachedAsync();
        await Browser.PictureAsync(page, "web-pasted");

        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("3 rows");
        await Expect(Cell(page, "GB-100")).ToBeAttachedAsync();
        var view = (await person.GetAsync($"/api/bases/{baseId}/tables/Parts/views"))["views"]![0]!["settings"]!;
        Assert.Contains(view["fields"]!.AsArray(), field => (string?)field!["aggregate"] == "sum");
    }

    [Fact]
    public async Task Rows_of_a_file_meet_records_by_their_key_after_a_look_at_them()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, _) = await OpenAsync(browser, installation);
        await page.GetByTestId("import").ClickAsync();
        await page.GetByTestId("import-rows").ClickAsync();
        await page.GetByTestId("rows-input").SetInputFilesAsync(new FilePayload { Name = "parts.csv", MimeType = "text/csv", Buffer = "Part number;Price;Note\nGB-100;12,50;new price\nGB-900;7,00;spring\n"u8.ToArray() });
        await page.GetByTestId("import-merge").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Part number" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Browser.PictureAsync(page, "web-import");
        await page.GetByTestId("import-run").ClickAsync();
        await Expect(page.GetByTestId("import-ended")).ToContainTextAsync("1 record created, 1 updated");
        await page.GetByTestId("import-open").ClickAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("4 rows");
        Assert.Equal(12.5, (double)(await person.ListAsync(baseId, "Parts"))[0]["fields"]!["Price"]!);

        await page.GetByTestId("export-menu").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-csv").ClickAsync());
        using var text = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains("GB-900", await text.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edits_wait_for_a_lost_connection_and_overwrite_nobody()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, ids) = await OpenAsync(browser, installation);
        await page.RouteAsync("**/v0/**", route => route.AbortAsync());
        await FirstMinuteTests.EditAsync(page, "shaft", "typed without a connection");
        await Expect(page.GetByTestId("offline-banner")).ToContainTextAsync("1 edited cell");
        await FirstMinuteTests.EditAsync(page, "housing", "mine");
        await Expect(page.GetByTestId("offline-banner")).ToContainTextAsync("2 edited cells");
        await Browser.PictureAsync(page, "web-offline");

        await person.PatchAsync($"/v0/{baseId}/Parts", new { records = new[] { new { id = ids[1], fields = new Dictionary<string, string> { ["Note"] = "theirs" } } } });
        await page.UnrouteAsync("**/v0/**");
        await page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");
        await page.GetByTestId("conflicts-look").ClickAsync();
        await Expect(page.GetByTestId("conflicts")).ToContainTextAsync("GB-101 · Note");
        var notes = (await person.ListAsync(baseId, "Parts")).Select(r => (string)r["fields"]!["Note"]!);
        Assert.Equal(["typed without a connection", "theirs", "gear"], notes);
        await page.GetByTestId("use-mine").ClickAsync();
        Assert.Equal("mine", await UntilAsync(async () => (string)(await person.ListAsync(baseId, "Parts"))[1]["fields"]!["Note"]!, note => note == "mine"));
    }

    [Fact]
    public async Task Rows_are_made_and_deleted_without_a_connection_and_all_that_waits_outlives_the_window()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, _) = await OpenAsync(browser, installation);
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("3 rows");
        // Reading goes on, so that the page can be opened again; nothing is written.
        await page.RouteAsync("**/v0/**", route => route.Request.Method == "GET" || route.Request.Url.Contains("listRecords", StringComparison.Ordinal) ? route.FallbackAsync() : route.AbortAsync());
        await FirstMinuteTests.EditAsync(page, "shaft", "typed without a connection");
        await Expect(page.GetByTestId("offline-banner")).ToContainTextAsync("1 edited cell");
        await page.GetByTestId("add-row").ClickAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("4 rows");
        await page.Locator(".dvn-scroller").First.ClickAsync(new() { Position = new() { X = 120, Y = 38 + 34 + 17 }, Button = MouseButton.Right });
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete row" }).ClickAsync();
        await Expect(page.GetByTestId("offline-banner")).ToContainTextAsync("1 edited cell and 2 rows");
        Assert.Equal(["GB-100", "GB-101", "GB-102"], (await person.ListAsync(baseId, "Parts")).Select(r => (string)r["fields"]!["Part number"]!));

        await page.ReloadAsync();
        await Expect(page.GetByTestId("offline-banner")).ToContainTextAsync("1 edited cell and 2 rows");
        await Expect(Cell(page, "typed without a connection")).ToBeAttachedAsync();
        await Browser.PictureAsync(page, "web-offline-again");
        await page.UnrouteAsync("**/v0/**");
        await page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");
        await Expect(page.GetByTestId("offline-banner")).ToHaveCountAsync(0);
        var now = await UntilAsync(() => person.ListAsync(baseId, "Parts"), rows => rows.Count == 3);
        Assert.Equal(["GB-100", "GB-102", null], now.Select(r => (string?)r["fields"]!["Part number"]));
        Assert.Equal("typed without a connection", (string)now[0]["fields"]!["Note"]!);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("3 rows");
        await Expect(page.GetByTestId("offline-banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_deleted_is_found_in_the_trash_and_everything_by_its_name()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, ids) = await OpenAsync(browser, installation);
        await Person.ReadAsync(await person.Client.DeleteAsync(new Uri($"/v0/{baseId}/Parts?records[]={ids[1]}", UriKind.Relative), TestContext.Current.CancellationToken), HttpStatusCode.OK);
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("2 rows");
        await page.GetByTestId("base-menu").ClickAsync();
        await page.GetByTestId("base-trash").ClickAsync();
        await page.GetByTestId("trash-of-Parts").ClickAsync();
        await Expect(page.GetByTestId("trash-item")).ToContainTextAsync("GB-101");
        await Browser.PictureAsync(page, "web-trash");
        await page.GetByTestId("restore").ClickAsync();
        await Expect(page.GetByTestId("trash-item")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByTestId("search-words").FillAsync("housing");
        await Expect(page.GetByTestId("found-record")).ToContainTextAsync("GB-101");
        await Browser.PictureAsync(page, "web-search");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("GB-101");
    }
}
