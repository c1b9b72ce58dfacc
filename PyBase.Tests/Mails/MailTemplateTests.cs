using PyBase.Core.Mails;

namespace PyBase.Tests.Mails;

public sealed class MailTemplateTests
{
    [Fact]
    public void What_people_typed_is_text_in_every_part()
    {
        var mail = MailTemplates.Write(new(MailTemplates.Invitation, "bob@example.com") { Inviter = "Eve <script>", Workspace = "A & B\r\nBcc: all@example.com" }, "https://pybase.example.com/join/a\"b");

        Assert.Equal("Eve <script> invites you to A & B  Bcc: all@example.com", mail.Subject);
        Assert.Contains("Eve <script> invites you to work in \"A & B", mail.Text);
        Assert.Contains("https://pybase.example.com/join/a\"b", mail.Text);
        Assert.Contains("Eve &lt;script&gt; invites you to work in &quot;A &amp; B", mail.Html);
        Assert.Contains("href=\"https://pybase.example.com/join/a&quot;b\"", mail.Html);
        Assert.DoesNotContain("<script>", mail.Html);
    }
}
