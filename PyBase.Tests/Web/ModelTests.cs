using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>Models in three dimensions, drawn in software: read beside the page, turned, and picked from the picture and from the tree.</summary>
[Collection(OnStandalone.Name)]
public sealed class ModelTests(StandaloneInstallation installation) : WithBrowser
{
    [Fact]
    public async Task A_STEP_assembly_is_turned_its_parts_light_up_and_lead_to_their_records()
    {
        var page = await DropAsync("fixture.stp");
        await page.GetByTestId("model-show").ClickAsync();
        var canvas = page.GetByTestId("model-canvas");
        // Three boxes of twelve triangles.
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", "36");
        await Expect(page.GetByTestId("part-FX-120")).ToHaveCountAsync(2);
        var plain = await canvas.ScreenshotAsync();
        await page.GetByTestId("part-FX-110").ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("FX-110");
        Assert.NotEqual(plain, await UntilAsync(() => canvas.ScreenshotAsync(), lit => !lit.AsSpan().SequenceEqual(plain)));
        await Browser.PictureAsync(page, "web-model");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        // In the picture the plate lies in the middle; from elsewhere nothing is picked.
        await page.GetByTestId("part-FX-100").ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("FX-100");
        await canvas.ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("FX-110");
        await canvas.ClickAsync(new() { Position = new() { X = 4, Y = 4 } });
        await Expect(page.GetByTestId("model-picked")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.GetByTestId("model-fit").ClickAsync();
        await page.GetByTestId("part-FX-110").ClickAsync();
        await page.GetByTestId("model-record").ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("FX-110");

        // Where the record was read: the part that it is stands out of the others, and what is picked instead leads on.
        await page.GetByTestId("sources-tab").ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("FX-110");
        await Expect(page.GetByRole(AriaRole.Treeitem, new() { Name = "FX-110" })).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(canvas).ToHaveAttributeAsync("data-lit", "1");
        await Browser.PictureAsync(page, "web-model-source");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.GetByTestId("part-FX-120").First.ClickAsync();
        await page.GetByTestId("model-record").ClickAsync();
        await Expect(page.GetByTestId("record-title")).ToHaveTextAsync("FX-120");
        // A part that is used twice is lit in both places.
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("FX-120 × 2");
        await Expect(canvas).ToHaveAttributeAsync("data-lit", "2");
    }

    [Fact]
    public async Task An_IFC_building_shows_its_storeys_and_what_stands_in_them()
    {
        var page = await DropAsync("cabin.ifc");
        await page.GetByTestId("model-show").ClickAsync();
        await Expect(page.GetByTestId("model-canvas")).ToHaveAttributeAsync("data-drawn", "24");
        await Expect(page.GetByTestId("part-Ground floor")).ToBeVisibleAsync();
        await page.GetByTestId("part-W-1").ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("W-1");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(375, 740);
        await Browser.PictureAsync(page, "web-model-narrow");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.GetByTestId("model-record").ClickAsync();
        await page.GetByTestId("sources-tab").ClickAsync();
        await Expect(page.GetByTestId("model-picked")).ToContainTextAsync("W-1");
        await Expect(page.GetByTestId("model-canvas")).ToHaveAttributeAsync("data-lit", "1");
    }

    [Fact]
    public void The_readers_are_served_as_their_authors_made_them()
    {
        var web = Path.Combine(Repository.Root, "PyBase.Web");
        foreach (var (package, name, ending) in ((string, string, string)[])[("occt-import-js/dist", "occt-import-js", "js"), ("occt-import-js/dist", "occt-import-js", "wasm"), ("web-ifc", "web-ifc-api-iife", "js"), ("web-ifc", "web-ifc", "wasm")])
        {
            var served = Assert.Single(Directory.GetFiles(Path.Combine(web, "dist", "assets"), $"{name}-*.{ending}"), file => Path.GetFileName(file).Length == name.Length + "-12345678.".Length + ending.Length);
            Assert.True(File.ReadAllBytes(Path.Combine(web, "node_modules", package, $"{name}.{ending}")).AsSpan().SequenceEqual(File.ReadAllBytes(served)), served);
        }
    }

    async Task<IPage> DropAsync(string file)
    {
        var (page, _, _, _) = await OpenAsync(Browser, installation);
        await FirstMinuteTests.DropAsync(page, Samples.Path(file));
        await Expect(page.GetByTestId("job-state").First).ToHaveAttributeAsync("data-state", "succeeded");
        await page.GetByTestId("job-look").First.ClickAsync();
        return page;
    }
}
