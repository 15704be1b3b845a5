# why: Before anything is tidied up: from this moment on all copies of the image, wherever they are, hold a word without meaning.
sh rotate.sh
