; The setup program for Windows, per user and without administrator's rights:
;   makensis -WX -DVERSION=0.1.0 -DBUNDLE=folder -DICON=gedigen.ico -DLICENCE=LICENSE -DOUT=gedigen-setup.exe gedigen.nsi
; Removing Gedigen removes the program and what this script wrote, never a vault and never the user's settings.
Unicode true
ManifestDPIAware true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gedigen"
!define CLASSES "Software\Classes"

Name "Gedigen"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Gedigen"
InstallDirRegKey HKCU "Software\Gedigen" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
BrandingText "Gedigen ${VERSION}"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Gedigen"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Gedigen setup"
VIAddVersionKey /LANG=0 "CompanyName" "The Gedigen authors"
VIAddVersionKey /LANG=0 "LegalCopyright" "The Gedigen authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\Gedigen"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_RUN "$INSTDIR\gedigen.exe"

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseFolderOfOthers
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "Swedish"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Norwegian"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString OPEN_VAULT ${LANG_SWEDISH} "Öppna i Gedigen"
LangString OPEN_VAULT ${LANG_ENGLISH} "Open in Gedigen"
LangString OPEN_VAULT ${LANG_NORWEGIAN} "Åpne i Gedigen"
LangString OPEN_VAULT ${LANG_FRENCH} "Ouvrir dans Gedigen"

LangString NOT_OURS ${LANG_SWEDISH} "Mappen innehåller något annat än Gedigen. Ingenting har ändrats. Välj en tom mapp, eller den där Gedigen ligger."
LangString NOT_OURS ${LANG_ENGLISH} "The folder holds something other than Gedigen. Nothing has been changed. Choose an empty folder, or the one where Gedigen is."
LangString NOT_OURS ${LANG_NORWEGIAN} "Mappen inneholder noe annet enn Gedigen. Ingenting er endret. Velg en tom mappe, eller den der Gedigen ligger."
LangString NOT_OURS ${LANG_FRENCH} "Le dossier contient autre chose que Gedigen. Rien n'a été modifié. Choisissez un dossier vide, ou celui de Gedigen."

LangString IN_USE ${LANG_SWEDISH} "Gedigen är öppet. Stäng det och försök igen; ingenting har ändrats."
LangString IN_USE ${LANG_ENGLISH} "Gedigen is open. Close it and try again; nothing has been changed."
LangString IN_USE ${LANG_NORWEGIAN} "Gedigen er åpent. Lukk det og prøv igjen; ingenting er endret."
LangString IN_USE ${LANG_FRENCH} "Gedigen est ouvert. Fermez-le et réessayez ; rien n'a été modifié."

LangString VAULTS_STAY ${LANG_SWEDISH} "Gedigen är borttaget. Dina valv ligger kvar där du har skapat dem."
LangString VAULTS_STAY ${LANG_ENGLISH} "Gedigen has been removed. Your vaults are still where you made them."
LangString VAULTS_STAY ${LANG_NORWEGIAN} "Gedigen er fjernet. Hvelvene dine ligger der du opprettet dem."
LangString VAULTS_STAY ${LANG_FRENCH} "Gedigen a été supprimé. Vos coffres sont toujours là où vous les avez créés."

; A program that runs cannot be written over, so its file says whether it runs.
!macro REFUSE_WHEN_OPEN
  ${If} ${FileExists} "$INSTDIR\gedigen.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\gedigen.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDOK
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; The program's folder is Gedigen's alone: an empty one, a new one, or the one where it is already.
Function RefuseFolderOfOthers
  ${DirState} "$INSTDIR" $0
  ${If} $0 == 1
  ${AndIfNot} ${FileExists} "$INSTDIR\_internal\*.*"
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_OURS)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section
  Call RefuseFolderOfOthers ; a silent installation shows no page that would have asked
  !insertmacro REFUSE_WHEN_OPEN
  ; The parts of an earlier version go: what it had and this one has not would otherwise stay.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Gedigen.lnk" "$INSTDIR\gedigen.exe"
  WriteRegStr HKCU "Software\Gedigen" "Folder" "$INSTDIR"

  ; A vault is a folder NAME.gedigen. Windows gives folders no types, but a command can be for folders of a name.
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Gedigen" "" "$(OPEN_VAULT)"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Gedigen" "Icon" "$INSTDIR\gedigen.exe"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Gedigen" "AppliesTo" 'System.FileName:"*.gedigen"'
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Gedigen\command" "" '"$INSTDIR\gedigen.exe" "%1"'

  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "Gedigen"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\gedigen.exe"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "The Gedigen authors"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" $0
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  !insertmacro REFUSE_WHEN_OPEN
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\gedigen.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Not with /r: were a vault here, it would stay.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Gedigen.lnk"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\Gedigen"
  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\Gedigen"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  MessageBox MB_OK|MB_ICONINFORMATION "$(VAULTS_STAY)" /SD IDOK
SectionEnd
