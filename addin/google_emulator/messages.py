"""The shapes of what clients send: our own list of the names and types that the emulator takes.

One entry a message: its name, then `field:type`. A type is `string`, `int`, `number`, `bool`, `value` (a JSON value),
`object` (kept as it comes, its inside is not looked at), an enum, another message, `[…]` for a list, `{…}` for a map.
tests/test_emulator_schema.py holds this list to the service's discovery document, revision 20261019.
"""

KINDS = """
addBanding addChart addConditionalFormatRule addDimensionGroup addFilterView addNamedRange addProtectedRange
addSheet appendCells appendDimension autoResizeDimensions clearBasicFilter copyPaste createDeveloperMetadata
cutPaste deleteBanding deleteConditionalFormatRule deleteDeveloperMetadata deleteDimension
deleteDimensionGroup deleteEmbeddedObject deleteFilterView deleteNamedRange deleteProtectedRange deleteRange
deleteSheet duplicateFilterView duplicateSheet findReplace insertDimension insertRange mergeCells moveDimension
pasteData repeatCell setBasicFilter setDataValidation sortRange unmergeCells updateBanding updateBorders updateCells
updateChartSpec updateConditionalFormatRule updateDeveloperMetadata updateDimensionGroup
updateDimensionProperties updateEmbeddedObjectPosition updateFilterView updateNamedRange updateProtectedRange
updateSheetProperties updateSpreadsheetProperties
"""
"""The kinds of request in `:batchUpdate` that are carried out; Google has more, and those get 501."""

NOT_BUILT = """
addCommentReply addDataSource addSlicer addTable autoFill cancelDataSourceRefresh deleteComment
deleteCommentReply deleteDataSource deleteDuplicates deleteTable insertComment
randomizeRange refreshDataSource textToColumns trimWhitespace updateCommentPost updateDataSource
updateEmbeddedObjectBorder updateSlicerSpec updateTable
"""
"""Kinds that Google knows and the emulator does not."""

MESSAGES = """
BatchUpdateSpreadsheetRequest
    commentsViewMode:CommentsViewMode includeSpreadsheetInResponse:bool requests:[Request]
    responseIncludeGridData:bool responseRanges:[string]
BatchUpdateValuesRequest
    data:[ValueRange] includeValuesInResponse:bool responseDateTimeRenderOption:ResponseDateTimeRenderOption
    responseValueRenderOption:ResponseValueRenderOption valueInputOption:ValueInputOption
BatchClearValuesRequest
    ranges:[string]
BatchGetValuesByDataFilterRequest
    dataFilters:[DataFilter] dateTimeRenderOption:ResponseDateTimeRenderOption majorDimension:MajorDimension
    valueRenderOption:ResponseValueRenderOption
BatchUpdateValuesByDataFilterRequest
    data:[DataFilterValueRange] includeValuesInResponse:bool
    responseDateTimeRenderOption:ResponseDateTimeRenderOption
    responseValueRenderOption:ResponseValueRenderOption valueInputOption:ValueInputOption
GetSpreadsheetByDataFilterRequest
    commentsViewMode:CommentsViewMode dataFilters:[DataFilter] excludeTablesInBandedRanges:bool
    includeGridData:bool
SearchDeveloperMetadataRequest
    dataFilters:[DataFilter]
CopySheetToAnotherSpreadsheetRequest
    destinationSpreadsheetId:string
ValueRange
    majorDimension:MajorDimension range:string values:[[value]]
Spreadsheet
    comments:[object] commentsViewMode:CommentsViewMode dataSourceSchedules:[object] dataSources:[object]
    developerMetadata:[DeveloperMetadata] namedRanges:[NamedRange] properties:SpreadsheetProperties
    sheets:[Sheet] spreadsheetId:string spreadsheetUrl:string
FilterCriteria
    condition:BooleanCondition hiddenValues:[string] visibleBackgroundColor:Color
    visibleBackgroundColorStyle:ColorStyle visibleForegroundColor:Color visibleForegroundColorStyle:ColorStyle
AddBandingRequest
    bandedRange:BandedRange
AddChartRequest
    chart:object
AddConditionalFormatRuleRequest
    index:int rule:ConditionalFormatRule
AddDimensionGroupRequest
    range:DimensionRange
AddFilterViewRequest
    filter:FilterView
AddNamedRangeRequest
    namedRange:NamedRange
AddProtectedRangeRequest
    protectedRange:ProtectedRange
AddSheetRequest
    properties:SheetProperties
AppendCellsRequest
    fields:string rows:[RowData] sheetId:int tableId:string
AppendDimensionRequest
    dimension:MajorDimension length:int sheetId:int
AutoResizeDimensionsRequest
    dataSourceSheetDimensions:object dimensions:DimensionRange
ClearBasicFilterRequest
    sheetId:int
CopyPasteRequest
    destination:GridRange pasteOrientation:PasteOrientation pasteType:PasteType source:GridRange
CreateDeveloperMetadataRequest
    developerMetadata:DeveloperMetadata
CutPasteRequest
    destination:GridCoordinate pasteType:PasteType source:GridRange
DeleteBandingRequest
    bandedRangeId:int
DeleteConditionalFormatRuleRequest
    index:int sheetId:int
DeleteDeveloperMetadataRequest
    dataFilter:DataFilter
DeleteDimensionRequest
    range:DimensionRange
DeleteDimensionGroupRequest
    range:DimensionRange
DeleteEmbeddedObjectRequest
    objectId:int
DeleteFilterViewRequest
    filterId:int
DeleteNamedRangeRequest
    namedRangeId:string
DeleteProtectedRangeRequest
    protectedRangeId:int
DeleteRangeRequest
    range:GridRange shiftDimension:MajorDimension
DeleteSheetRequest
    sheetId:int
DuplicateFilterViewRequest
    filterId:int
DuplicateSheetRequest
    insertSheetIndex:int newSheetId:int newSheetName:string sourceSheetId:int
FindReplaceRequest
    allSheets:bool find:string includeFormulas:bool matchCase:bool matchEntireCell:bool range:GridRange
    replacement:string searchByRegex:bool sheetId:int
PasteDataRequest
    coordinate:GridCoordinate data:string delimiter:string html:bool type:PasteType
InsertDimensionRequest
    inheritFromBefore:bool range:DimensionRange
InsertRangeRequest
    range:GridRange shiftDimension:MajorDimension
MergeCellsRequest
    mergeType:MergeType range:GridRange
MoveDimensionRequest
    destinationIndex:int source:DimensionRange
RepeatCellRequest
    cell:CellData fields:string range:GridRange
SetBasicFilterRequest
    filter:BasicFilter
SetDataValidationRequest
    filteredRowsIncluded:bool range:GridRange rule:DataValidationRule
SortRangeRequest
    range:GridRange sortSpecs:[SortSpec]
UnmergeCellsRequest
    range:GridRange
UpdateBandingRequest
    bandedRange:BandedRange fields:string
UpdateBordersRequest
    bottom:Border innerHorizontal:Border innerVertical:Border left:Border range:GridRange right:Border
    top:Border
UpdateCellsRequest
    fields:string range:GridRange rows:[RowData] start:GridCoordinate
UpdateChartSpecRequest
    chartId:int spec:object
UpdateConditionalFormatRuleRequest
    index:int newIndex:int rule:ConditionalFormatRule sheetId:int
UpdateDeveloperMetadataRequest
    dataFilters:[DataFilter] developerMetadata:DeveloperMetadata fields:string
UpdateDimensionGroupRequest
    dimensionGroup:DimensionGroup fields:string
UpdateDimensionPropertiesRequest
    dataSourceSheetRange:object fields:string properties:DimensionProperties range:DimensionRange
UpdateEmbeddedObjectPositionRequest
    fields:string newPosition:object objectId:int
UpdateFilterViewRequest
    fields:string filter:FilterView
UpdateNamedRangeRequest
    fields:string namedRange:NamedRange
UpdateProtectedRangeRequest
    fields:string protectedRange:ProtectedRange
UpdateSheetPropertiesRequest
    fields:string properties:SheetProperties
UpdateSpreadsheetPropertiesRequest
    fields:string properties:SpreadsheetProperties
DataFilter
    a1Range:string developerMetadataLookup:DeveloperMetadataLookup gridRange:GridRange
DataFilterValueRange
    dataFilter:DataFilter majorDimension:MajorDimension values:[[value]]
DeveloperMetadata
    location:DeveloperMetadataLocation metadataId:int metadataKey:string metadataValue:string
    visibility:Visibility
NamedRange
    name:string namedRangeId:string range:GridRange
SpreadsheetProperties
    autoRecalc:AutoRecalc defaultFormat:CellFormat importFunctionsExternalUrlAccessAllowed:bool
    iterativeCalculationSettings:IterativeCalculationSettings locale:string spreadsheetTheme:SpreadsheetTheme
    timeZone:string title:string
Sheet
    bandedRanges:[BandedRange] basicFilter:BasicFilter charts:[object] columnGroups:[DimensionGroup]
    commentAnchors:[object] conditionalFormats:[ConditionalFormatRule] data:[GridData]
    developerMetadata:[DeveloperMetadata] filterViews:[FilterView] merges:[GridRange]
    properties:SheetProperties protectedRanges:[ProtectedRange] rowGroups:[DimensionGroup] slicers:[object]
    tables:[object]
BooleanCondition
    type:ConditionType values:[ConditionValue]
Color
    alpha:number blue:number green:number red:number
ColorStyle
    rgbColor:Color themeColor:ThemeColor
BandedRange
    bandedRangeId:int bandedRangeReference:string columnProperties:BandingProperties range:GridRange
    rowProperties:BandingProperties
ConditionalFormatRule
    booleanRule:BooleanRule gradientRule:GradientRule ranges:[GridRange]
DimensionRange
    dimension:MajorDimension endIndex:int sheetId:int startIndex:int
FilterView
    criteria:{FilterCriteria} filterSpecs:[FilterSpec] filterViewId:int namedRangeId:string range:GridRange
    sortSpecs:[SortSpec] tableId:string title:string
ProtectedRange
    description:string editors:Editors namedRangeId:string protectedRangeId:int range:GridRange
    requestingUserCanEdit:bool tableId:string unprotectedRanges:[GridRange] warningOnly:bool
SheetProperties
    dataSourceSheetProperties:object gridProperties:GridProperties hidden:bool index:int rightToLeft:bool
    sheetId:int sheetType:SheetType tabColor:Color tabColorStyle:ColorStyle title:string
RowData
    values:[CellData]
GridRange
    endColumnIndex:int endRowIndex:int sheetId:int startColumnIndex:int startRowIndex:int
GridCoordinate
    columnIndex:int rowIndex:int sheetId:int
CellData
    chipRuns:[object] dataSourceFormula:object dataSourceTable:object dataValidation:DataValidationRule
    effectiveFormat:CellFormat effectiveValue:ExtendedValue formattedValue:string hyperlink:string note:string
    pivotTable:object textFormatRuns:[TextFormatRun] userEnteredFormat:CellFormat
    userEnteredValue:ExtendedValue
BasicFilter
    criteria:{FilterCriteria} filterSpecs:[FilterSpec] range:GridRange sortSpecs:[SortSpec] tableId:string
DataValidationRule
    condition:BooleanCondition inputMessage:string showCustomUi:bool strict:bool
SortSpec
    backgroundColor:Color backgroundColorStyle:ColorStyle dataSourceColumnReference:object dimensionIndex:int
    foregroundColor:Color foregroundColorStyle:ColorStyle sortOrder:SortOrder
Border
    color:Color colorStyle:ColorStyle style:Style width:int
DimensionGroup
    collapsed:bool depth:int range:DimensionRange
DimensionProperties
    dataSourceColumnReference:object developerMetadata:[DeveloperMetadata] hiddenByFilter:bool
    hiddenByUser:bool pixelSize:int
DeveloperMetadataLookup
    locationMatchingStrategy:LocationMatchingStrategy locationType:LocationType metadataId:int
    metadataKey:string metadataLocation:DeveloperMetadataLocation metadataValue:string visibility:Visibility
DeveloperMetadataLocation
    dimensionRange:DimensionRange locationType:LocationType sheetId:int spreadsheet:bool
CellFormat
    backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders
    horizontalAlignment:HorizontalAlignment hyperlinkDisplayType:HyperlinkDisplayType numberFormat:NumberFormat
    padding:Padding textDirection:TextDirection textFormat:TextFormat textRotation:TextRotation
    verticalAlignment:VerticalAlignment wrapStrategy:WrapStrategy
IterativeCalculationSettings
    convergenceThreshold:number maxIterations:int
SpreadsheetTheme
    primaryFontFamily:string themeColors:[ThemeColorPair]
GridData
    columnMetadata:[DimensionProperties] rowData:[RowData] rowMetadata:[DimensionProperties] startColumn:int
    startRow:int
ConditionValue
    relativeDate:RelativeDate userEnteredValue:string
BandingProperties
    firstBandColor:Color firstBandColorStyle:ColorStyle footerColor:Color footerColorStyle:ColorStyle
    headerColor:Color headerColorStyle:ColorStyle secondBandColor:Color secondBandColorStyle:ColorStyle
BooleanRule
    condition:BooleanCondition format:CellFormat
GradientRule
    maxpoint:InterpolationPoint midpoint:InterpolationPoint minpoint:InterpolationPoint
FilterSpec
    columnIndex:int dataSourceColumnReference:object filterCriteria:FilterCriteria
Editors
    domainUsersCanEdit:bool groups:[string] users:[string]
GridProperties
    columnCount:int columnGroupControlAfter:bool frozenColumnCount:int frozenRowCount:int hideGridlines:bool
    rowCount:int rowGroupControlAfter:bool
ExtendedValue
    boolValue:bool errorValue:ErrorValue formulaValue:string numberValue:number stringValue:string
TextFormatRun
    format:TextFormat startIndex:int
Borders
    bottom:Border left:Border right:Border top:Border
NumberFormat
    pattern:string type:NumberFormatType
Padding
    bottom:int left:int right:int top:int
TextFormat
    bold:bool fontFamily:string fontSize:int foregroundColor:Color foregroundColorStyle:ColorStyle italic:bool
    link:Link strikethrough:bool underline:bool
TextRotation
    angle:int vertical:bool
ThemeColorPair
    color:ColorStyle colorType:ThemeColor
InterpolationPoint
    color:Color colorStyle:ColorStyle type:InterpolationPointType value:string
ErrorValue
    message:string type:ErrorType
Link
    uri:string
"""

ENUMS = """
CommentsViewMode
    COMMENTS_VIEW_MODE_UNSPECIFIED COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS COMMENTS_VIEW_MODE_OMITTED
    COMMENTS_VIEW_MODE_INCLUDED
ResponseDateTimeRenderOption
    SERIAL_NUMBER FORMATTED_STRING
ResponseValueRenderOption
    FORMATTED_VALUE UNFORMATTED_VALUE FORMULA
ValueInputOption
    INPUT_VALUE_OPTION_UNSPECIFIED RAW USER_ENTERED
MajorDimension
    DIMENSION_UNSPECIFIED ROWS COLUMNS
PasteOrientation
    NORMAL TRANSPOSE
PasteType
    PASTE_NORMAL PASTE_VALUES PASTE_FORMAT PASTE_NO_BORDERS PASTE_FORMULA PASTE_DATA_VALIDATION
    PASTE_CONDITIONAL_FORMATTING
MergeType
    MERGE_ALL MERGE_COLUMNS MERGE_ROWS
Visibility
    DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED DOCUMENT PROJECT
AutoRecalc
    RECALCULATION_INTERVAL_UNSPECIFIED ON_CHANGE MINUTE HOUR
ConditionType
    CONDITION_TYPE_UNSPECIFIED NUMBER_GREATER NUMBER_GREATER_THAN_EQ NUMBER_LESS NUMBER_LESS_THAN_EQ NUMBER_EQ
    NUMBER_NOT_EQ NUMBER_BETWEEN NUMBER_NOT_BETWEEN TEXT_CONTAINS TEXT_NOT_CONTAINS TEXT_STARTS_WITH
    TEXT_ENDS_WITH TEXT_EQ TEXT_IS_EMAIL TEXT_IS_URL DATE_EQ DATE_BEFORE DATE_AFTER DATE_ON_OR_BEFORE
    DATE_ON_OR_AFTER DATE_BETWEEN DATE_NOT_BETWEEN DATE_IS_VALID ONE_OF_RANGE ONE_OF_LIST BLANK NOT_BLANK
    CUSTOM_FORMULA BOOLEAN TEXT_NOT_EQ DATE_NOT_EQ FILTER_EXPRESSION
ThemeColor
    THEME_COLOR_TYPE_UNSPECIFIED TEXT BACKGROUND ACCENT1 ACCENT2 ACCENT3 ACCENT4 ACCENT5 ACCENT6 LINK
SheetType
    SHEET_TYPE_UNSPECIFIED GRID OBJECT DATA_SOURCE
SortOrder
    SORT_ORDER_UNSPECIFIED ASCENDING DESCENDING
Style
    STYLE_UNSPECIFIED DOTTED DASHED SOLID SOLID_MEDIUM SOLID_THICK NONE DOUBLE
LocationMatchingStrategy
    DEVELOPER_METADATA_LOCATION_MATCHING_STRATEGY_UNSPECIFIED EXACT_LOCATION INTERSECTING_LOCATION
LocationType
    DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED ROW COLUMN SHEET SPREADSHEET
HorizontalAlignment
    HORIZONTAL_ALIGN_UNSPECIFIED LEFT CENTER RIGHT
HyperlinkDisplayType
    HYPERLINK_DISPLAY_TYPE_UNSPECIFIED LINKED PLAIN_TEXT
TextDirection
    TEXT_DIRECTION_UNSPECIFIED LEFT_TO_RIGHT RIGHT_TO_LEFT
VerticalAlignment
    VERTICAL_ALIGN_UNSPECIFIED TOP MIDDLE BOTTOM
WrapStrategy
    WRAP_STRATEGY_UNSPECIFIED OVERFLOW_CELL LEGACY_WRAP CLIP WRAP
RelativeDate
    RELATIVE_DATE_UNSPECIFIED PAST_YEAR PAST_MONTH PAST_WEEK YESTERDAY TODAY TOMORROW
NumberFormatType
    NUMBER_FORMAT_TYPE_UNSPECIFIED TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC
InterpolationPointType
    INTERPOLATION_POINT_TYPE_UNSPECIFIED MIN MAX NUMBER PERCENT PERCENTILE
ErrorType
    ERROR_TYPE_UNSPECIFIED ERROR NULL_VALUE DIVIDE_BY_ZERO VALUE REF NAME NUM N_A LOADING
"""
