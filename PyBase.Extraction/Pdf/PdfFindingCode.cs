namespace PyBase.Extraction.Pdf;

/// <summary>The codes that only PDF files give rise to; the others are in <see cref="FindingCode"/>. Programs may rely on them.</summary>
public static class PdfFindingCode
{
    /// <summary>No PDF, or one whose pages cannot be found. Error.</summary>
    public const string NotAPdfFile = "not-a-pdf-file";
    /// <summary>The file is encrypted and no password was given. Error.</summary>
    public const string PasswordMissing = "pdf-password-missing";
    /// <summary>The file is encrypted and the password given does not open it. Error.</summary>
    public const string PasswordWrong = "pdf-password-wrong";
    /// <summary>The file is larger than the limit; nothing was read. Error.</summary>
    public const string FileTooLarge = "pdf-too-large";
    /// <summary>There are more pages than the limit; those beyond were not read. Error.</summary>
    public const string PagesCut = "pdf-pages-cut";
    /// <summary>A page cannot be read. Error.</summary>
    public const string PageBroken = "pdf-page-broken";
    /// <summary>A page has more letters or lines than the limits, or packs more data; what is beyond was left out. Error.</summary>
    public const string PageTooLarge = "pdf-page-too-large";
    /// <summary>The time limit was reached; the pages not yet read are missing. Error.</summary>
    public const string TimeOver = "pdf-time-over";
    /// <summary>A page is a picture and there is no program to read its text. Warning.</summary>
    public const string OcrMissing = "ocr-missing";
    /// <summary>The program that reads text from pictures failed or ran out of time. Warning.</summary>
    public const string OcrFailed = "ocr-failed";
    /// <summary>The picture of a page is in a form that cannot be handed on. Warning.</summary>
    public const string PictureUnread = "pdf-picture-unread";
    /// <summary>A page shows a 3D model, whose content is not read. Info.</summary>
    public const string Has3D = "pdf-has-3d";
    /// <summary>The page has neither text nor a picture: its text may be drawn as strokes. Info.</summary>
    public const string PageWithoutText = "pdf-page-without-text";
    /// <summary>A page's fonts do not say which characters their letters are; what was read of them is a guess. Warning.</summary>
    public const string TextUnreadable = "pdf-text-unreadable";
    /// <summary>A tolerance class and the deviations listed behind it contradict each other; both are as written. Warning.</summary>
    public const string ToleranceContradicts = "tolerance-contradicts";
}
