using System.Diagnostics;
using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>What people do with a table in the browser, by mouse and keyboard: views, filters, groups, every kind of cell, records, comments, fields.</summary>
[Collection(InBrowser.Name)]
public sealed class TableWorkTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Rows_are_filtered_grouped_and_searched_and_the_view_remembers()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, _) = await OpenAsync(browser);
        await page.GetByTestId("filter-menu").ClickAsync();
        await page.GetByTestId("filter-add").ClickAsync();
        await ChooseAsync(page, "filter-field", "Price");
        await ChooseAsync(page, "filter-operator", ">");
        await page.GetByTestId("filter-value").FillAsync("20");
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("2 rows");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("group-menu").ClickAsync();
        await page.GetByTestId("order-add").ClickAsync();
        await ChooseAsync(page, "order-field", "Material");
        // The heads of the groups Steel and Brass.
        await Expect(page.Locator("[role=gridcell]", new() { HasText = "▾" })).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Escape");
        await Browser.PictureAsync(page, "web-filtered-grouped");

        await page.ReloadAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("2 rows");
        await Expect(page.GetByTestId("group-menu")).ToHaveTextAsync("Grouped by 1 field");
        await page.GetByTestId("search").FillAsync("housing");
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("1 row");
        await page.GetByTestId("search").FillAsync("nothing like it");
        await Expect(page.GetByText("No row matches")).ToBeVisibleAsync();
        var view = (await person.GetAsync($"/api/bases/{baseId}/tables/Parts/views"))["views"]![0]!["settings"]!;
        Assert.Equal(">", (string)view["filter"]!["operator"]!);
    }

    [Fact]
    public async Task Each_kind_of_cell_is_edited_by_keyboard_and_reaches_the_database()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, _) = await OpenAsync(browser);
        await FocusAsync(page);
        await TypeAsync(page, "ArrowRight", "Brass", "Enter");
        await Expect(Cell(page, "Brass")).ToHaveCountAsync(2);
        await TypeAsync(page, "ArrowRight", "wear part", "Enter", close: "Tab");
        await TypeAsync(page, null, "12,5", "Enter");
        await Expect(Cell(page, "€12.50")).ToBeAttachedAsync();
        await Expect(Cell(page, "25")).ToBeAttachedAsync();

        var record = await UntilAsync(async () => (await person.ListAsync(baseId, "Parts"))[0]["fields"]!, fields => (double?)fields["Price"] == 12.5);
        Assert.Equal(("Brass", "wear part", 25d), ((string)record["Material"]!, (string)record["Tags"]![0]!, (double)record["Total"]!));
    }

    [Fact]
    public async Task A_record_has_a_page_with_links_comments_and_the_way_to_the_next()
    {
        await using var browser = await Browser.StartAsync();
        var (page, person, baseId, ids) = await OpenAsync(browser);
        await FocusAsync(page);
        await page.Keyboard.PressAsync(" ");
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("GB-100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link a record" }).ClickAsync();
        await page.GetByPlaceholder("Find in Suppliers…").FillAsync("Neu AG");
        await page.GetByText("Create “Neu AG” in Suppliers").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("input-Supplier")).ToContainTextAsync("Neu AG");
        await page.GetByTestId("comments-tab").ClickAsync();
        await page.GetByTestId("new-comment").FillAsync("Check the bore");
        await page.GetByTestId("add-comment").ClickAsync();
        await Expect(page.GetByTestId("comment")).ToContainTextAsync("Check the bore");
        await Browser.PictureAsync(page, "web-record");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next record" }).ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("GB-101");
        Assert.Equal("Check the bore", (string)(await person.GetAsync($"/v0/{baseId}/Parts/{ids[0]}/comments"))["comments"]![0]!["text"]!);
    }

    [Fact]
    public async Task Views_of_other_types_show_the_same_records()
    {
        await using var browser = await Browser.StartAsync();
        var (page, _, _, _) = await OpenAsync(browser);
        await page.GetByTestId("new-view-kanban").ClickAsync();
        await Expect(page.GetByTestId("stack-Steel").GetByTestId("card")).ToHaveCountAsync(2);
        await page.GetByTestId("stack-Steel").GetByTestId("card").First.DragToAsync(page.GetByTestId("stack-PA6"));
        await Expect(page.GetByTestId("stack-PA6").GetByTestId("card")).ToHaveCountAsync(1);
        await Browser.PictureAsync(page, "web-kanban");
        await page.GetByTestId("new-view-calendar").ClickAsync();
        await Expect(page.GetByTestId("calendar")).ToBeVisibleAsync();
        await page.GetByTestId("new-view-gallery").ClickAsync();
        await Expect(page.GetByTestId("card")).ToHaveCountAsync(3);
        await page.GetByTestId("view-Grid view").ClickAsync();
        await Expect(page.GetByTestId("grid")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_formula_field_is_made_with_completion_and_its_fault_is_told_at_its_place()
    {
        await using var browser = await Browser.StartAsync();
        var (page, _, _, _) = await OpenAsync(browser);
        await page.Locator(".dvn-scroller").HoverAsync();
        await page.Mouse.WheelAsync(4_000, 0);
        await page.GetByTestId("add-field").ClickAsync();
        await page.GetByTestId("field-name").FillAsync("Class");
        await ChooseAsync(page, "field-type", "Formula");
        await page.GetByTestId("field-formula").PressSequentiallyAsync("IF({Pri");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "{Price}" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(" > 20, \"dear\", 1 +");
        await page.GetByTestId("field-create").ClickAsync();
        await Expect(page.GetByTestId("field-problem")).ToContainTextAsync("ends where a value is expected");
        await page.GetByTestId("field-formula").FillAsync("IF({Price} > 20, \"dear\", \"cheap\")");
        await page.GetByTestId("field-create").ClickAsync();
        await Expect(Cell(page, "dear")).ToHaveCountAsync(2);
    }

    Task<(IPage Page, Person Person, string BaseId, string[] Ids)> OpenAsync(Browser browser) => OpenAsync(browser, installation);

    /// <summary>A table of three parts, open in a browser.</summary>
    internal static async Task<(IPage Page, Person Person, string BaseId, string[] Ids)> OpenAsync(Browser browser, Installation installation)
    {
        var api = installation.Apis[0];
        var person = await Person.SignUpAsync(api);
        var baseId = await person.CreateBaseAsync(
            new { name = "Suppliers", fields = new object[] { new { name = "Name", type = "singleLineText" } } },
            new
            {
                name = "Parts",
                fields = new object[]
                {
                    new { name = "Part number", type = "singleLineText" },
                    new { name = "Material", type = "singleSelect", options = new { choices = new[] { new { name = "Steel" }, new { name = "Brass" }, new { name = "PA6" } } } },
                    new { name = "Tags", type = "multipleSelects", options = new { choices = new[] { new { name = "rotating" }, new { name = "wear part" } } } },
                    new { name = "Price", type = "currency", options = new { precision = 2, symbol = "€" } },
                    new { name = "Due", type = "date", options = new { dateFormat = new { name = "iso" } } },
                    new { name = "Note", type = "singleLineText" },
                },
            });
        var tables = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        var (suppliers, parts) = ((string)tables[0]!["id"]!, (string)tables[1]!["id"]!);
        await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{parts}/fields", new { name = "Total", type = "formula", options = new { formula = "{Price} * 2" } });
        await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{parts}/fields", new { name = "Supplier", type = "multipleRecordLinks", options = new { linkedTableId = suppliers } });
        var made = await person.PostAsync($"/v0/{baseId}/{parts}", new
        {
            records = new object[]
            {
                new { fields = new Dictionary<string, object> { ["Part number"] = "GB-100", ["Material"] = "Steel", ["Price"] = 10, ["Note"] = "shaft" } },
                new { fields = new Dictionary<string, object> { ["Part number"] = "GB-101", ["Material"] = "Brass", ["Price"] = 30, ["Note"] = "housing" } },
                new { fields = new Dictionary<string, object> { ["Part number"] = "GB-102", ["Material"] = "Steel", ["Price"] = 50, ["Note"] = "gear" } },
            },
        });
        var page = await browser.OpenAsync(api);
        var (name, value) = (person.Cookie.Split('=')[0], person.Cookie[(person.Cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        await page.Context.AddCookiesAsync([new() { Name = name, Value = value, Url = api.ToString() }]);
        await page.GotoAsync($"/bases/{baseId}/{parts}");
        await Expect(Cell(page, "GB-100")).ToBeAttachedAsync();
        return (page, person, baseId, [.. made["records"]!.AsArray().Select(r => (string)r!["id"]!)]);
    }

    /// <summary>The grid is a canvas; beside it stands a table for screen readers with what is visible.</summary>
    internal static ILocator Cell(IPage page, string text) => page.Locator("[role=gridcell]").GetByText(text, new() { Exact = true }).Or(page.Locator($"[role=gridcell]:text-is(\"{text}\")"));

    /// <summary>The ring on the first cell; a person clicks again when none appears.</summary>
    internal static async Task FocusAsync(IPage page)
    {
        var (first, started) = (page.Locator("[role=gridcell][aria-colindex=\"1\"]").First, Stopwatch.GetTimestamp());
        // A second click on the cell with the ring would open it.
        while (await first.GetAttributeAsync("aria-selected") != "true" && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
        {
            await page.Locator(".dvn-scroller").First.ClickAsync(new() { Position = new() { X = 120, Y = 60 } });
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
        await page.GetByTestId("data-grid-canvas").FocusAsync();
    }

    /// <summary>One cell: move there, open it, type, take.</summary>
    static async Task TypeAsync(IPage page, string? move, string text, string take, string? close = null)
    {
        var presses = 0;
        if (move is not null)
        {
            // After Enter the ring is one row further down.
            await page.Keyboard.PressAsync(move);
            for (var row = await RowAsync(); row is not "2"; row = await RowAsync())
            {
                Assert.True(++presses < 20, $"The ring is at {row}.");
                await page.Keyboard.PressAsync("ArrowUp");
            }
        }
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#portal").Locator("textarea, input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync(take);
        if (close is not null)
            await page.Keyboard.PressAsync(close);
        await Expect(page.Locator("#portal").Locator("textarea, input")).ToHaveCountAsync(0);

        Task<string> RowAsync() => page.Locator("[role=gridcell][aria-selected=true]").First.EvaluateAsync<string>("c => c.closest('[aria-rowindex]').getAttribute('aria-rowindex')");
    }

    internal static async Task ChooseAsync(IPage page, string list, string option)
    {
        await page.GetByTestId(list).First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
        // The next list is not opened into one that is closing.
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
    }

    internal static Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isThere) => Wait.UntilAsync(read, isThere);
}
