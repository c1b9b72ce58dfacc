using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.FirstMinuteTests;

namespace PyBase.Tests.Web;

/// <summary>A newcomer on a machine where PyBase never ran, with mouse and keyboard and without a manual. The README shows its pictures.</summary>
public sealed class NewcomerTests
{
    [Fact]
    public async Task A_newcomer_comes_from_nothing_to_a_base_that_a_team_works_in()
    {
        await using var standalone = await StandaloneProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var browser = await Browser.StartAsync();
        var ann = await browser.OpenAsync(standalone.Address, 1280, 800);
        await SignUpAsync(ann);
        await Browser.PictureAsync(ann, "web-newcomer-start");

        // A base that is laid out already, and two drawings dropped on it.
        await ann.GetByTestId("template-parts").ClickAsync();
        await Expect(ann.GetByTestId("tab-Parts")).ToBeVisibleAsync();
        await DropAsync(ann, Samples.Path("gearbox.stp"));
        await ReadAsync(ann, 1);
        await Expect(Cell(ann, "GB-300")).ToBeAttachedAsync();
        await DropAsync(ann, Samples.Path("bearing-plate.dxf"));
        await ReadAsync(ann, 2);
        await Expect(ann.GetByTestId("tab-bearing-plate BOM")).ToHaveAttributeAsync("aria-selected", "true");

        // What was found stands beside the picture; each record says where it was read.
        await ann.GetByTestId("job-open").GetByText("Dimensions", new() { Exact = true }).ClickAsync();
        await Expect(ann.GetByTestId("row-count")).ToHaveTextAsync("3 rows");
        await OpenRowAsync(ann, 0);
        await Expect(ann.GetByTestId("record-origin")).ToContainTextAsync("From bearing-plate.dxf");
        await ann.GetByTestId("sources-tab").ClickAsync();
        await Expect(ann.GetByTestId("sources")).ToContainTextAsync("bearing-plate.dxf");
        var drawing = ann.GetByTestId("drawing-paper").Locator("svg");
        await Expect(drawing).ToBeVisibleAsync();
        await ann.GetByRole(AriaRole.Tab, new() { Name = "Fields" }).ClickAsync();
        await ann.GetByTestId("record-origin").ClickAsync();
        await Expect(drawing).ToBeVisibleAsync();
        await Expect(ann.GetByTestId("found-place")).ToContainTextAsync("line");
        await Browser.PictureOfDocsAsync(ann, "newcomer-drawing");
        await ann.Keyboard.PressAsync("Escape");
        await Expect(drawing).ToBeHiddenAsync();
        // What is on top is closed first.
        await Expect(ann.GetByTestId("record-title")).ToBeVisibleAsync();
        await ann.Keyboard.PressAsync("Escape");
        foreach (var _ in (int[])[1, 2])
            await ann.GetByTestId("job-card").First.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        // What is bought, grouped by how far it is.
        await ann.GetByTestId("tab-Parts").ClickAsync();
        await Expect(ann.GetByTestId("row-count")).ToHaveTextAsync("8 rows");
        await ann.GetByTestId("filter-menu").ClickAsync();
        await ann.GetByTestId("filter-add").ClickAsync();
        await TableWorkTests.ChooseAsync(ann, "filter-field", "Make or buy");
        await ann.GetByTestId("filter-value").ClickAsync();
        await ann.GetByRole(AriaRole.Option, new() { Name = "Buy" }).ClickAsync();
        await Expect(ann.GetByTestId("row-count")).ToHaveTextAsync("5 rows");
        await ann.Keyboard.PressAsync("Escape");
        await ann.Keyboard.PressAsync("Escape");
        await ann.GetByTestId("group-menu").ClickAsync();
        await ann.GetByTestId("order-add").ClickAsync();
        await TableWorkTests.ChooseAsync(ann, "order-field", "Status");
        await Expect(ann.Locator("[role=gridcell]", new() { HasText = "▾" })).ToHaveCountAsync(2);
        await ann.Keyboard.PressAsync("Escape");

        // A second window sees each edit as it happens.
        var second = await browser.OpenAsync(standalone.Address, 1280, 800, ColorScheme.Dark);
        await SignInAsync(second);
        await second.GetByTestId("base-card").ClickAsync();
        await second.GetByTestId("tab-Parts").ClickAsync();
        await Expect(Cell(second, "Deep groove ball bearing 6206")).ToBeAttachedAsync();
        await TypeOverAsync(ann, "Deep groove ball bearing 6206", "Ball bearing 6206-2RS");
        await Expect(Cell(second, "Ball bearing 6206-2RS")).ToBeAttachedAsync();
        await Browser.PictureOfDocsAsync(second, "newcomer-together");

        // Where the cost of an assembly comes from, and back from a mistake.
        await second.GetByTestId("view-Structure").ClickAsync();
        await Expect(second.GetByTestId("tree")).ToBeVisibleAsync();
        await second.GetByTestId("view-Grid view").ClickAsync();
        await TypeOverAsync(ann, "Ball bearing 6206-2RS", "oops");
        await Expect(Cell(second, "oops")).ToBeAttachedAsync();
        await ann.GetByTestId("undo").ClickAsync();
        await Expect(Cell(second, "Ball bearing 6206-2RS")).ToBeAttachedAsync();
        await Expect(Cell(ann, "Ball bearing 6206-2RS")).ToBeAttachedAsync();
        await OpenRowAsync(ann, 4);
        await Expect(ann.GetByTestId("origin-Total cost")).ToContainTextAsync("Sum of “Own cost” over everything in “Consists of”");
        await Expect(ann.GetByTestId("origin-Cost of all")).ToContainTextAsync("{Quantity} * {Own cost}");
        await ann.GetByTestId("history-tab").ClickAsync();
        await Expect(ann.GetByTestId("history")).ToContainTextAsync("by undo");
        await Browser.PictureAsync(ann, "web-newcomer-history");
    }

    static async Task SignUpAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.GetByTestId("sign-up-name").FillAsync("Ann Example");
        await page.GetByTestId("sign-up-email").FillAsync("ann@example.org");
        await page.GetByTestId("sign-up-password").FillAsync("correct horse battery");
        await page.GetByTestId("sign-up-submit").ClickAsync();
        await Expect(page.GetByTestId("template-parts")).ToBeVisibleAsync();
    }

    static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/");
        await ShowAsync(page, "sign-in");
        await page.GetByTestId("sign-in-email").FillAsync("ann@example.org");
        await page.GetByTestId("sign-in-password").FillAsync("correct horse battery");
        await page.GetByTestId("sign-in-submit").ClickAsync();
    }

    /// <summary>So many drawings have been read.</summary>
    static Task ReadAsync(IPage page, int files) =>
        Expect(page.Locator("[data-testid=job-state][data-state=succeeded]")).ToHaveCountAsync(files);

    /// <summary>The pointer goes over a row of the grid, and to what appears beside its name.</summary>
    static async Task OpenRowAsync(IPage page, int row)
    {
        var grid = await page.Locator(".dvn-scroller").First.BoundingBoxAsync() ?? throw new InvalidOperationException("There is no grid.");
        await page.Mouse.MoveAsync(grid.X + 120, grid.Y + 38 + 17 + 36 * row, new() { Steps = 4 });
        await page.GetByTestId("open-row").ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToBeVisibleAsync();
    }

    /// <summary>A click on the cell itself, and typing.</summary>
    static async Task TypeOverAsync(IPage page, string from, string to)
    {
        var (column, line) = (await IndexAsync(page, from, "aria-colindex") - 1, await IndexAsync(page, from, "aria-rowindex") - 2);
        // The first row below the head of the first group.
        await page.Locator(".dvn-scroller").First.ClickAsync(new() { Position = new() { X = 52 + 90, Y = 38 + 38 + 17 } });
        const int selected = 1;
        await Expect(page.Locator("[aria-rowindex=\"3\"] [role=gridcell][aria-colindex=\"1\"]")).ToHaveAttributeAsync("aria-selected", "true");
        for (var n = selected; n != line; n += Math.Sign(line - selected))
            await page.Keyboard.PressAsync(line > selected ? "ArrowDown" : "ArrowUp");
        for (var n = 0; n < column; n++)
            await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Cell(page, from)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.TypeAsync(to);
        await page.Keyboard.PressAsync("Enter");
    }
}
