#!/bin/sh
# Makes the workbooks and tables in the folder above anew from members.fods and doctor.fods, with LibreOffice as
# offices in several countries have it set. Needs: soffice (Debian: libreoffice-calc).
set -e
cd "$(dirname "$0")"
HOME=$(mktemp -d)
export HOME

# office LOCALE FILE FORMAT MADE KEPT [FILTER]: FILE as FORMAT, where FILTER says how to read it
office() {
	profile=$HOME/profile-$1
	mkdir -p "$profile/user"
	cat >"$profile/user/registrymodifications.xcu" <<END
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>$1</value></prop></item>
</oor:items>
END
	soffice "-env:UserInstallation=file://$profile" --headless ${6:+"--infilter=$6"} --convert-to "$3" --outdir "$HOME/out" "$2" >/dev/null 2>&1
	mv "$HOME/out/$4" "../$5"
}

# csv LOCALE DELIMITER QUOTE ENCODING QUOTE-ALL KEPT: the second sheet, cells as they are shown
csv() { office "$1" members.fods "csv:Text - txt - csv (StarCalc):$2,$3,$4,1,,0,$5,true,false,false,false,2" members-Members.csv "$6"; }

office en-US members.fods xlsx members.xlsx club.xlsx
office de-DE members.fods xlsm members.xlsm club-de.xlsm
office fr-FR members.fods ods members.ods club-fr.ods
csv de-DE 59 34 1 false club-de-windows.csv
csv fr-FR 59 34 22 false club-fr-latin9.csv
csv en-US 44 34 76 true club-en-utf8.csv
csv de-CH 9 34 65535 false club-ch-utf16.tsv

# What the spreadsheet doctor finds. The last one was written in UTF-8 and is read as if it were not.
office en-US doctor.fods xlsx doctor.xlsx doctor.xlsx
office fr-FR doctor.fods ods doctor.ods doctor.ods
office de-DE doctor.fods "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true" doctor.csv doctor-de.csv
office en-US doctor.fods "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true" doctor.csv doctor-en.csv
office de-DE ../doctor-de.csv xlsx doctor-de.xlsx doctor-misread.xlsx "CSV:59,34,1,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2"
rm -rf "$HOME"
