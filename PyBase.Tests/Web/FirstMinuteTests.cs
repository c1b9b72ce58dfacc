using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>A stranger's first minute in the browser: sign up, drop a drawing, see rows, edit a cell, see it in a second window.</summary>
public abstract class FirstMinuteTests(Installation installation)
{
    [Fact]
    public async Task Sign_up_drop_see_rows_edit_and_see_it_in_a_second_window()
    {
        await using var browser = await Browser.StartAsync();
        var origin = installation.Apis[0];
        var email = $"{Guid.NewGuid():N}@example.org";

        var first = await browser.OpenAsync(origin);
        var complaints = new List<string>();
        first.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal)) complaints.Add(message.Text); };
        await first.GotoAsync("/");
        await ShowAsync(first, "sign-up");
        await Browser.PictureAsync(first, "web-start");
        await first.GetByTestId("sign-up-name").FillAsync("Ann Example");
        await first.GetByTestId("sign-up-email").FillAsync(email);
        await first.GetByTestId("sign-up-password").FillAsync("correct horse battery");
        await first.GetByTestId("sign-up-submit").ClickAsync();
        await Expect(first.GetByTestId("dropzone")).ToBeAttachedAsync();
        await Browser.PictureAsync(first, "web-bases");

        await DropAsync(first, Samples.Path("gearbox.stp"));
        await Expect(first.GetByTestId("job-state").First).ToHaveAttributeAsync("data-state", "succeeded");
        await Expect(first.GetByTestId("tab-gearbox parts")).ToBeVisibleAsync();
        await Expect(first.GetByTestId("tab-gearbox assembly")).ToBeVisibleAsync();
        await first.GetByTestId("tab-gearbox parts").ClickAsync();
        await Expect(Cell(first, "GB-300")).ToBeAttachedAsync();
        await Expect(Cell(first, "Schraube M8 × 30")).ToBeAttachedAsync();
        await Browser.PictureAsync(first, "web-rows");

        var second = await browser.OpenAsync(installation.Apis[^1], 1200, 800, ColorScheme.Dark);
        await second.GotoAsync("/");
        await ShowAsync(second, "sign-in");
        await second.GetByTestId("sign-in-email").FillAsync(email);
        await second.GetByTestId("sign-in-password").FillAsync("correct horse battery");
        await second.GetByTestId("sign-in-submit").ClickAsync();
        await second.WaitForURLAsync(url => !url.Contains("sign", StringComparison.Ordinal));
        await second.GotoAsync(new Uri(first.Url).PathAndQuery);
        await Expect(Cell(second, "GB-300")).ToBeAttachedAsync();

        await EditAsync(first, "Bearing", "Bearing 6206-2RS");
        await Browser.PictureAsync(first, "web-edited");
        await Expect(Cell(second, "Bearing 6206-2RS")).ToBeAttachedAsync();
        await Expect(Cell(second, "GB-300")).ToBeAttachedAsync();
        await Browser.PictureAsync(second, "web-second-window");
        await EditAsync(second, "Shaft", "Shaft, 18 teeth");
        await Expect(Cell(first, "Shaft, 18 teeth")).ToBeAttachedAsync();

        // What is on the screen is in the database.
        await first.ReloadAsync();
        await Expect(Cell(first, "Bearing 6206-2RS")).ToBeAttachedAsync();
        await Expect(Cell(first, "Shaft, 18 teeth")).ToBeAttachedAsync();
        Assert.Empty(complaints);
    }

    /// <summary>The page starts with the form that fits the installation; the other one is a click away.</summary>
    internal static async Task ShowAsync(IPage page, string form)
    {
        await Expect(page.GetByTestId("sign-switch")).ToBeVisibleAsync();
        if (await page.GetByTestId($"{form}-submit").CountAsync() == 0)
            await page.GetByTestId("sign-switch").ClickAsync();
        await Expect(page.GetByTestId($"{form}-submit")).ToBeVisibleAsync();
    }

    /// <summary>The grid is a canvas; beside it stands a table for screen readers with what is visible.</summary>
    internal static ILocator Cell(IPage page, string text) => page.Locator("[role=gridcell]").GetByText(text, new() { Exact = true }).Or(page.Locator($"[role=gridcell]:text-is(\"{text}\")")).First;

    /// <summary>As a hand does it: a click on the first cell, arrow keys to the one meant, Enter, typing, Enter.</summary>
    internal static async Task EditAsync(IPage page, string from, string to)
    {
        var (right, down) = (await IndexAsync(page, from, "aria-colindex") - 1, await IndexAsync(page, from, "aria-rowindex") - 2);
        var firstCell = page.Locator("[role=gridcell][aria-colindex=\"1\"]").First;
        // The rows are read out a moment before the canvas takes the pointer: a person clicks again when no ring appears.
        for (var clicks = 0; clicks < 10 && await firstCell.GetAttributeAsync("aria-selected") != "true"; clicks++)
        {
            await page.Locator(".dvn-scroller").First.ClickAsync(new() { Position = new() { X = 120, Y = 60 } });
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        for (var i = 0; i < right; i++)
            await page.Keyboard.PressAsync("ArrowRight");
        for (var i = 0; i < down; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        // The ring is where it is meant to be: now type.
        await Expect(Cell(page, from)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#portal").Locator("textarea, input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(to);
        await page.Keyboard.PressAsync("Enter");
    }

    internal static async Task<int> IndexAsync(IPage page, string text, string attribute) =>
        int.Parse((await Cell(page, text).EvaluateAsync<string>($"cell => cell.closest('[{attribute}]').getAttribute('{attribute}')"))!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A file let go over the window.</summary>
    internal static async Task DropAsync(IPage page, string path) => await DropAsync(page, Path.GetFileName(path), await File.ReadAllTextAsync(path));

    internal static async Task DropAsync(IPage page, string name, string text)
    {
        var transfer = await page.EvaluateHandleAsync("""
            ([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name)); return data; }
            """, new[] { name, text });
        foreach (var step in (string[])["dragenter", "dragover", "drop"])
            await page.Locator("body").DispatchEventAsync(step, new { dataTransfer = transfer });
    }
}

[Collection(InBrowser.Name)]
public sealed class FirstMinuteOnStandaloneTests(StandaloneInstallation installation) : FirstMinuteTests(installation);

[Collection(OnCluster.Name)]
public sealed class FirstMinuteOnClusterTests(DistributedInstallation installation) : FirstMinuteTests(installation);
