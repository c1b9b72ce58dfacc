using Microsoft.Playwright;
using PyBase.Tests.Fields;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>Cells in engineering notations in the grid: shown as their text, typed as text, and what is wrong with a text is said.</summary>
[Collection(InBrowser.Name)]
public sealed class EngineeringGridTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Notations_are_shown_and_typed()
    {
        var person = await installation.SignUpAsync();
        var table = await OwnTable.CreateAsync(person, """{"name":"Length","type":"quantity"}""", """{"name":"Frame","type":"gdt"}""", """{"name":"Thread","type":"thread"}""", """{"name":"Finish","type":"surfaceFinish"}""",
            """{"name":"Material","type":"material"}""", """{"name":"Rev","type":"revision"}""");
        await table.FillAsync(
            """{"Name":"Hub","Length":"⌀10 +0.2/-0.1","Frame":"⌖ ⌀0.1 (M) A B(M) C","Thread":"M8x1-6H","Finish":"N7","Material":"1.4301","Rev":"B"}""",
            """{"Name":"Shaft","Length":"4x ⌀25 g6","Frame":"⌖ ⌀0.5 A B C; ⌀0.1 A","Thread":"1/4-20 UNC-2A LH","Finish":"Rz 6,3 max","Material":"EN AW-6061-T6","Rev":"AA"}""",
            """{"Name":"Plate","Length":"120 ±0.5","Frame":"⏥ 0.05","Material":"S355J2+N","Rev":"1.10"}""",
            """{"Name":"Cover","Length":"45 mm","Frame":"⌰ 0.02 A-B","Rev":"A"}""", """{"Name":"Pin","Length":"3 0/-0.014","Frame":"2x ⟂ 0.2 A; ∥ 0.1 B","Rev":"-"}""");
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(installation.Apis[0]);
        await page.Context.AddCookiesAsync([new() { Name = person.Cookie.Split('=', 2)[0], Value = person.Cookie.Split('=', 2)[1], Url = installation.Apis[0].ToString() }]);
        await page.GotoAsync($"/bases/{table.BaseId}/{table.Id}");
        await Expect(FirstMinuteTests.Cell(page, "⌀10 +0.2/-0.1 mm")).ToBeAttachedAsync();
        await Expect(FirstMinuteTests.Cell(page, "1/4-20 UNC-2A-LH")).ToBeAttachedAsync();
        await Expect(FirstMinuteTests.Cell(page, "Ra 1.6 µm")).ToBeAttachedAsync();
        await Browser.PictureAsync(page, "web-engineering");

        await FirstMinuteTests.EditAsync(page, "45 mm", "1/2 in");
        await Expect(FirstMinuteTests.Cell(page, "0.5 in")).ToBeAttachedAsync();
        await FirstMinuteTests.EditAsync(page, "0.5 in", "10 kg");
        await Expect(page.GetByText("unit of length")).ToBeVisibleAsync();
        await Expect(FirstMinuteTests.Cell(page, "0.5 in")).ToBeAttachedAsync();
        await Browser.PictureAsync(page, "web-engineering-refused");
    }
}
