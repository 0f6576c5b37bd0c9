#!/bin/sh
# Makes the workbooks and tables in the folder above anew from members.fods, with LibreOffice as
# offices in several countries have it set. Needs: soffice (Debian: libreoffice-calc).
set -e
cd "$(dirname "$0")"
HOME=$(mktemp -d)
export HOME

# office LOCALE FORMAT MADE KEPT
office() {
	profile=$HOME/profile-$1
	mkdir -p "$profile/user"
	cat >"$profile/user/registrymodifications.xcu" <<END
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>$1</value></prop></item>
</oor:items>
END
	soffice "-env:UserInstallation=file://$profile" --headless --convert-to "$2" --outdir "$HOME/out" members.fods >/dev/null 2>&1
	mv "$HOME/out/$3" "../$4"
}

# csv LOCALE DELIMITER QUOTE ENCODING QUOTE-ALL KEPT: the second sheet, cells as they are shown
csv() { office "$1" "csv:Text - txt - csv (StarCalc):$2,$3,$4,1,,0,$5,true,false,false,false,2" members-Members.csv "$6"; }

office en-US xlsx members.xlsx club.xlsx
office de-DE xlsm members.xlsm club-de.xlsm
office fr-FR ods members.ods club-fr.ods
csv de-DE 59 34 1 false club-de-windows.csv
csv fr-FR 59 34 22 false club-fr-latin9.csv
csv en-US 44 34 76 true club-en-utf8.csv
csv de-CH 9 34 65535 false club-ch-utf16.tsv
rm -rf "$HOME"
