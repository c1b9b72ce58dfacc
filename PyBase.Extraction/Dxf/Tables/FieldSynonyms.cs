using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>
/// Names under which drawings keep the fields of title blocks and parts lists, in the languages of Europe, in
/// Russian, Chinese and Japanese. Compared without case, accents, digits at the end and signs: <c>DRG_NO.</c>, <c>Drg No</c> and <c>DRGNO1</c> are one.
/// </summary>
sealed class FieldSynonyms
{
    /// <summary>Fields of a title block.</summary>
    public static readonly FieldSynonyms TitleBlock = new(
        ("drawing_number", "DRAWINGNUMBER DRAWINGNO DRAWINGNR DRAWNO DRAWNUM DRGNO DRGNUMBER DWGNO DWGNUM DWGNUMBER DWG DWNO DOCUMENTNUMBER DOCNO DETAILREF ZEICHNUNGSNUMMER ZEICHNUNGSNR ZEICHNUNGNR ZEICHNR ZNR NUMERODEPLAN NOPLAN NUMPLAN NUMERODESSIN NUMEROPLANO NOPLANO NUMERODISEGNO DISEGNONO ОБОЗНАЧЕНИЕ НОМЕРЧЕРТЕЖА"),
        ("title", "TITLE DRAWINGTITLE DWGTITLE SHEETTITLE TITLEBLOCK TITEL BENENNUNG BEZEICHNUNG ZEICHNUNGSTITEL TITRE DESIGNATION TITULO DENOMINACION TITOLO DENOMINAZIONE НАИМЕНОВАНИЕ НАЗВАНИЕ"),
        ("revision", "REV REVISION REVNO REVISIONNO REVNUMBER ISSUE INDEX ÄNDERUNG ÄNDERUNGSINDEX REVISIONSSTAND INDICE REVISIONE ИЗМ ИЗМЕНЕНИЕ"),
        ("date", "DATE DRAWNDATE DATEDRAWN ISSUEDATE DWGDATE DATUM ERSTELLDATUM FECHA DATA ДАТА"),
        ("author", "DRAWN DRAWNBY AUTHOR DESIGNER DESIGNEDBY DRN DRBY BEARBEITER GEZEICHNET GEZ ERSTELLER DESSINE DESSINATEUR DESSINEPAR DIBUJADO DIBUJO DISEGNATO DISEGNATORE РАЗРАБОТАЛ РАЗРАБ"),
        ("checker", "CHECKED CHECKEDBY CHECKER CHK CHKD CKD CKDBY GEPRÜFT GEPR PRÜFER VERIFIE VERIFIEPAR REVISADO COMPROBADO CONTROLLATO ПРОВЕРИЛ ПРОВ"),
        ("approver", "APPROVED APPROVEDBY APPD APPR FREIGEGEBEN FREIGABE APPROUVE APROBADO APPROVATO УТВЕРДИЛ УТВ"),
        ("company", "COMPANY COMPANYNAME FIRM ORGANIZATION ORGANISATION FIRMA UNTERNEHMEN SOCIETE ENTREPRISE EMPRESA AZIENDA SOCIETA ОРГАНИЗАЦИЯ ПРЕДПРИЯТИЕ"),
        ("customer", "CUSTOMER CLIENT KUNDE AUFTRAGGEBER CLIENTE ЗАКАЗЧИК"),
        ("project", "PROJECT PROJECTNAME PROJECTTITLE JOB JOBNAME JOBNO JOBNUMBER PROJECTNO PROJECTNUMBER PROJEKT PROJEKTNUMMER PROJEKTNR PROJET PROYECTO PROGETTO ПРОЕКТ"),
        ("scale", "SCALE DWGSCALE DETAILSCALE MASSSTAB MAßSTAB ECHELLE ESCALA SCALA МАСШТАБ"),
        ("sheet", "SHEET SHEETNO SHEETNUMBER SHT SHTNO PAGE PAGENO BLATT BLATTNR FEUILLE FOLIO HOJA FOGLIO ЛИСТ"),
        ("sheets", "SHEETS SHEETTOTAL TOTALSHEETS OFSHEETS PAGES BLÄTTER ЛИСТОВ"),
        ("size", "SIZE SHEETSIZE PAPERSIZE FORMAT FORMATO ФОРМАТ"),
        ("material", "MATERIAL MATL MAT WERKSTOFF MATIERE MATERIALE МАТЕРИАЛ"),
        ("finish", "FINISH SURFACEFINISH COATING OBERFLÄCHE BESCHICHTUNG FINITION ACABADO FINITURA ПОКРЫТИЕ"),
        ("weight", "WEIGHT MASS GEWICHT MASSE POIDS PESO MASSA МАССА"));

    /// <summary>Fields of a parts list.</summary>
    public static readonly FieldSynonyms PartsList = new(
        ("item", "ITEM ITEMNO ITEMNUMBER POS POSITION POSNR NO BALLOON MARK REP REPERE PARTIDA POSIZIONE ПОЗ ПОЗИЦИЯ LFDNR POSICION RIF POZ POZYCJA POZICE POSITIE 序号 项次 項次 件号 項番 照番 照合番号"),
        ("part_number", "PARTNO PARTNUMBER PARTNUM PN PARTID CODE CATALOGNO CATALOGNUMBER STOCKNO TEILENUMMER TEILENR SACHNUMMER ARTIKELNUMMER ARTIKELNR REFERENCE REF NUMEROPIEZA CODICE ОБОЗНАЧЕНИЕ АРТИКУЛ SACHNR IDENTNUMMER IDENTNR TEILNUMMER TEILNR MATERIALNR SACHNUMMERNORMKURZBEZEICHNUNG NUMERODEPIECE NUMEROPIECE CODEARTICLE CODICEARTICOLO NUMEROPARTE NUMERODEPIEZA NUMERODEPARTE CODIGO REFERENCIA NRCZĘŚCI NUMERCZĘŚCI ČÍSLODÍLU ONDERDEELNUMMER ARTIKELNO 品番 部品番号 部番 図番 図面番号 型番 料号 物料编码 物料编号 零件号 零件编号 零件代号 图号 代号"),
        ("description", "DESCRIPTION DESC DESCR PARTNAME NAME TITLE BENENNUNG BEZEICHNUNG BESCHREIBUNG DESIGNATION DESCRIPCION DENOMINACION DESCRIZIONE DENOMINAZIONE НАИМЕНОВАНИЕ ARTIKELBEZEICHNUNG TEILEBENENNUNG LIBELLE DESCRICAO DENOMINACAO OMSCHRIJVING BENAMING BENÄMNING NAZWA NÁZEV 名称 品名 部品名 部品名称 零件名称 物料名称"),
        ("qty", "QTY QUANTITY QUAN QTYREQD QUANTITE COUNT AMOUNT PCS ANZAHL MENGE STÜCK STK STÜCKZAHL QTE NOMBRE CANTIDAD CANT QUANTITA КОЛ КОЛИЧЕСТВО ANZ STCK STÜCKZ NBRE NBR QTA PEZZI QTD QTDE QUANTIDADE AANTAL ANTAL ILOŚĆ POČET 数量 个数 個数 員数 件数"),
        ("material", "MATERIAL MATL MAT WERKSTOFF MATIERE MATERIALE МАТЕРИАЛ MATERIAU MATERIAAL MATERIAŁ 材料 材质 材質"));

    const int LongestName = 64;

    readonly FrozenDictionary<string, string> fields;

    FieldSynonyms(params (string Field, string Names)[] lists)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, names) in lists)
        {
            foreach (var name in names.Split(' '))
                all.TryAdd(Key(name), field);
        }
        fields = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The field that a tag or heading names, or null.</summary>
    public string? Find(string name) => name.Length is > 0 and <= LongestName && fields.TryGetValue(Key(name), out var field) ? field : null;

    static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var sign in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(sign))
                key.Append(char.ToUpper(sign, CultureInfo.InvariantCulture));
        }
        return key.ToString().TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
}
