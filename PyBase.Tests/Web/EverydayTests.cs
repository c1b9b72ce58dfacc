using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Ten tasks of every day, one after the other, with mouse and keyboard and no request of the test's own. What each takes is in <c>docs/everyday-tasks.md</c>.</summary>
[Collection(OnStandalone.Name)]
public sealed class EverydayTests(StandaloneInstallation installation) : WithBrowser
{
    readonly List<(string Task, Hand Hand)> report = [];

    [Fact]
    public async Task Ten_everyday_tasks_are_done_by_mouse_and_keyboard_in_few_steps()
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        await DoAsync(page, "import a CSV file into a new table", async hand =>
        {
            await hand.ClickAsync("import");
            await hand.ClickAsync("import-rows");
            await hand.ChooseAsync("import-target", "A new table");
            await hand.ChooseFileAsync("rows-input", "Orders.csv", "Order,Amount,Note\nO-1,12.50,express\nO-2,7.00,\nO-3,30.00,\n");
            await hand.ClickAsync("import-run");
            await hand.ClickAsync("import-open");
            await Expect(Cell(page, "O-3")).ToBeAttachedAsync();
        });
        await DoAsync(page, "link it to another table, and two of its records", async hand =>
        {
            await hand.ClickAsync("add-field");
            await hand.ChooseAsync("field-type", "Link to a table");
            await hand.ClickAsync("field-create");
            await Expect(page.GetByTestId("field-create")).ToHaveCountAsync(0);
            await hand.ClickAsync(page.Locator(".dvn-scroller").First, new() { Position = new() { X = 120, Y = 60 } });
            await Expect(page.Locator("[aria-rowindex=\"2\"] [role=gridcell][aria-colindex=\"1\"]")).ToHaveAttributeAsync("aria-selected", "true");
            foreach (var _ in (int[])[1, 2, 3])
                await hand.PressAsync("ArrowRight");
            await LinkAsync(page, hand, "Neu AG", "Create “Neu AG” in Suppliers");
            await Expect(Cell(page, "Neu AG")).ToBeAttachedAsync();
            await hand.PressAsync("ArrowDown");
            await LinkAsync(page, hand, "Neu", "Neu AG");
            await Expect(Cell(page, "Neu AG")).ToHaveCountAsync(2);
        });
        await DoAsync(page, "add the amounts up where it is linked to", async hand =>
        {
            await hand.ClickAsync("tab-Suppliers");
            await Expect(Cell(page, "O-1, O-2")).ToBeAttachedAsync();
            await hand.ClickAsync("add-field");
            await hand.ChooseAsync("field-type", "Rollup");
            await hand.ClickAsync("field-create");
            await Expect(Cell(page, "19.5")).ToBeAttachedAsync();
        });
        await DoAsync(page, "group by the link", async hand =>
        {
            await hand.ClickAsync("tab-Orders");
            await Expect(Cell(page, "O-3")).ToBeAttachedAsync();
            await hand.ClickAsync("group-menu");
            await hand.ClickAsync("order-add");
            await Expect(page.Locator("[role=gridcell]", new() { HasText = "▾" })).ToHaveCountAsync(2);
            await hand.PressAsync("Escape");
        });
        var link = "";
        await DoAsync(page, "share a form", async hand =>
        {
            await hand.ClickAsync("new-view-form");
            await hand.ClickAsync("form-share");
            await hand.ClickAsync("share-make");
            link = await page.GetByTestId("share-url").TextContentAsync() ?? "";
            await hand.ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Copy" }));
        });
        var stranger = await Browser.OpenAsync(installation.Apis[0], 375, 740);
        await stranger.GotoAsync(link);
        await DoAsync(stranger, "fill it in as a stranger", async hand =>
        {
            await hand.ClickAsync("answer-Order");
            await hand.TypeAsync("O-9");
            await hand.ClickAsync("form-submit");
            await Expect(stranger.GetByText("Thank you")).ToBeVisibleAsync();
        });
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("view-Grid view").ClickAsync();
        await Expect(Cell(page, "O-9")).ToBeAttachedAsync();
        var firstRow = await RowAsync(page);
        await DoAsync(page, "comment on a record and mention somebody", async hand =>
        {
            await page.Mouse.MoveAsync(firstRow.X, firstRow.Y, new() { Steps = 4 });
            await hand.ClickAsync("open-row");
            await hand.ClickAsync("comments-tab");
            await hand.ClickAsync("new-comment");
            await hand.TypeAsync("@");
            await hand.ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "@Test Person" }));
            await hand.TypeAsync("please check");
            await hand.ClickAsync("add-comment");
            await Expect(page.GetByTestId("comment")).ToContainTextAsync("@Test Person");
        });
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("record-title")).ToHaveCountAsync(0);
        await page.Mouse.ClickAsync(firstRow.X, firstRow.Y, new() { Button = MouseButton.Right });
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete row" }).ClickAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("3 rows");
        await DoAsync(page, "bring a deleted record back", async hand =>
        {
            await hand.ClickAsync("base-menu");
            await hand.ClickAsync("base-trash");
            await hand.ClickAsync("restore");
            await Expect(page.GetByTestId("trash-item")).ToHaveCountAsync(0);
        });
        await page.GoBackAsync();
        await Expect(page.GetByTestId("row-count")).ToHaveTextAsync("4 rows");
        await DoAsync(page, "tell somebody of each new record, by itself", async hand =>
        {
            await hand.ClickAsync("go-automations");
            await hand.ClickAsync("automation-new");
            await hand.ClickAsync("action-add");
            await hand.ClickAsync("action-add-notify");
            await hand.ChooseManyAsync("action-people", "Test Person");
            await hand.ClickAsync("action-text");
            await hand.TypeAsync("A new order: ");
            await hand.ClickAsync("action-text-pick");
            await hand.ClickAsync("place-trigger.record.fields.Order");
            await hand.ClickAsync("automation-save");
            await hand.ClickAsync(page.GetByTestId("automation-on"), new() { Force = true });
            await Expect(page.GetByTestId("automation-on")).ToBeCheckedAsync();
        });
        await DoAsync(page, "a dashboard with a chart", async hand =>
        {
            await hand.ClickAsync("go-dashboards");
            await hand.ClickAsync("dashboard-first");
            await hand.ClickAsync("ask-submit");
            await hand.ClickAsync("widget-add");
            await hand.ClickAsync("widget-add-chart");
            await hand.ChooseAsync("widget-group-0", "Suppliers");
            await hand.ChooseAsync("widget-field", "Amount");
            await hand.ClickAsync("widget-done");
            await Expect(page.GetByTestId("chart").Locator("td")).ToHaveTextAsync(["30", "19.5"]);
        });
        Assert.All(report, task => Assert.InRange(task.Hand.Clicks + task.Hand.Keys + task.Hand.Texts, 1, 16));
        await WriteAsync();
    }

    async Task DoAsync(IPage page, string task, Func<Hand, Task> how)
    {
        var hand = new Hand(page);
        await how(hand);
        hand.Rest();
        report.Add((task, hand));
        await Browser.PictureAsync(page, $"web-everyday-{report.Count}");
    }

    /// <summary>In a cell of links: words, and when what they mean is found, on to the next cell.</summary>
    static async Task LinkAsync(IPage page, Hand hand, string words, string found)
    {
        await hand.PressAsync("Enter");
        await Expect(page.Locator("#portal input")).ToBeFocusedAsync();
        await hand.TypeAsync(words);
        await Expect(page.Locator("#portal").GetByText(found, new() { Exact = true })).ToBeVisibleAsync();
        await hand.PressAsync("Tab");
        await Expect(page.Locator("#portal input")).ToHaveCountAsync(0);
    }

    /// <summary>The middle of the first row below the head of the first group.</summary>
    static async Task<(float X, float Y)> RowAsync(IPage page)
    {
        var grid = await page.Locator(".dvn-scroller").First.BoundingBoxAsync() ?? throw new InvalidOperationException("There is no grid.");
        return (grid.X + 120, grid.Y + 38 + 38 + 17);
    }

    async Task WriteAsync()
    {
        var text = new StringBuilder("""
            # Everyday tasks, counted

            What ten tasks take in the browser, with mouse and keyboard and no other way. A **click** is one press of the mouse; a **key** is one press that is no letter, such as Enter or an arrow; a **text** is something typed,
            however long. **Seconds** are those of a program that thinks no time between two steps: how long PyBase makes somebody wait.

            | | task | clicks | keys | texts | seconds |
            |---|---|---|---|---|---|

            """);
        foreach (var (n, (task, hand)) in report.Index())
            text.Append(CultureInfo.InvariantCulture, $"| {n + 1} | {task} | {hand.Clicks} | {hand.Keys} | {hand.Texts} | {hand.Time.TotalSeconds:0.0} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| | all ten | {report.Sum(t => t.Hand.Clicks)} | {report.Sum(t => t.Hand.Keys)} | {report.Sum(t => t.Hand.Texts)} | {report.Sum(t => t.Hand.Time.TotalSeconds):0.0} |\n");
        text.Append("""

            Measured in headless Chromium against PyBase.Standalone on two cores by `PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*EverydayTests'`, which writes this page and says how each task is done.

            """);
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "docs", "everyday-tasks.md"), text.ToString(), TestContext.Current.CancellationToken);
    }
}
