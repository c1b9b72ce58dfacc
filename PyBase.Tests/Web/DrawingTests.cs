using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Drawings on paper: moved, scaled, looked at layer by layer; an entity leads to its record, and a record to its entity.</summary>
[Collection(OnStandalone.Name)]
public sealed partial class DrawingTests(StandaloneInstallation installation) : WithBrowser
{
    [Fact]
    public async Task A_dimension_that_is_clicked_leads_to_its_row_and_the_row_lights_it_up()
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        // As newer programs write it: each entity has a handle.
        var handles = 0x100;
        var drawing = Entity().Replace(await File.ReadAllTextAsync(Samples.Path("bearing-plate.dxf"), TestContext.Current.CancellationToken), begin => $"{begin.Value}  5\n{handles++:X}\n");
        await FirstMinuteTests.DropAsync(page, "bearing-plate.dxf", drawing);
        await Expect(page.GetByTestId("job-state").First).ToHaveAttributeAsync("data-state", "succeeded");
        await page.GetByTestId("job-look").First.ClickAsync();
        var paper = page.GetByTestId("drawing-paper");
        await Expect(paper.Locator("svg")).ToBeVisibleAsync();

        // Scaled around the pointer, moved, and whole again.
        await page.GetByTestId("drawing-frame").HoverAsync();
        await page.Mouse.WheelAsync(0, -600);
        await Expect(paper).Not.ToHaveAttributeAsync("data-scale", "1.00");
        await page.GetByTestId("drawing-fit").ClickAsync();
        await Expect(paper).ToHaveAttributeAsync("data-scale", "1.00");

        await page.GetByTestId("drawing-layers").ClickAsync();
        await page.GetByTestId("layer-OUTLINE").ClickAsync();
        await Expect(paper.Locator("g[data-layer=OUTLINE]").First).ToHaveCSSAsync("display", "none");
        await Browser.PictureAsync(page, "web-drawing-layers");
        await page.GetByTestId("layer-OUTLINE").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(paper.Locator("g[data-layer=OUTLINE]").First).ToHaveCSSAsync("display", "inline");

        var dimension = paper.Locator("g[data-layer=DIMENSIONS]").First;
        var handle = await dimension.GetAttributeAsync("id");
        await dimension.Locator("text").First.ClickAsync(new() { Force = true });
        await Expect(page.GetByTestId("drawing-picked")).ToContainTextAsync("in bearing-plate dimensions");
        await Expect(paper.Locator("g[data-lit]")).ToHaveAttributeAsync("id", handle!);
        await Browser.PictureAsync(page, "web-drawing");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        // Another revision beside it: what is chosen of the differences lights up where it stands.
        await page.GetByTestId("compare-file").SetInputFilesAsync(new FilePayload { Name = "bearing-plate-b.dxf", MimeType = "image/vnd.dxf", Buffer = Encoding.UTF8.GetBytes(drawing.Replace("Rev A", "Rev B", StringComparison.Ordinal)) });
        var comparison = page.GetByTestId("comparison");
        await Expect(comparison.GetByTestId("drawing-paper").Locator("svg")).ToHaveCountAsync(2);
        await comparison.GetByTestId("difference").Filter(new() { HasText = "Rev B" }).First.ClickAsync();
        await Expect(comparison.GetByTestId("drawing-paper").Locator("g[data-lit]")).ToHaveCountAsync(2);
        await Browser.PictureAsync(page, "web-comparison");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Expect(comparison).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("job-differences")).ToBeAttachedAsync();
        await page.GetByTestId("drawing-record").ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToBeVisibleAsync();
        await page.GetByTestId("sources-tab").ClickAsync();
        await Expect(paper.Locator("g[data-lit]")).ToHaveAttributeAsync("id", handle!);
        await page.SetViewportSizeAsync(375, 740);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Browser.PictureAsync(page, "web-drawing-narrow");
        Assert.Empty(await Accessibility.FaultsAsync(page));
    }

    [GeneratedRegex(@"^ *0\r?\n(LINE|CIRCLE|TEXT|INSERT|DIMENSION|LWPOLYLINE|POLYLINE|ATTRIB)\r?\n", RegexOptions.Multiline)]
    private static partial Regex Entity();
}
